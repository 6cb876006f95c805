"""From visits to orders: sessions by channel and device, product views, carts, checkouts, orders and their fate.

Ranges assumed: ``mobile_share`` 0.5–0.92 share of the sessions; ``conversion`` 0.005–0.055 orders per session
(dgl-agency.fr; e-mail 3–5.5 %: assumption); ``device_factor`` 0.7–1.8 multiple of the channel’s conversion;
``user_ratio`` 0.7–0.85 users per session and day; ``views`` 1.5–2.5 product pages per session; ``checkout_to_order``
0.44–0.7 orders per checkout; ``cancelled`` 0.03–0.04 share of the orders; ``refunded`` 0.02–0.05 share of the orders.
Ranges known: ``cart_to_order`` 0.2–0.36 orders per cart (Baymard: 20 % on phones, 34 % on computers).
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, jitter, systematic


@dataclass(frozen=True)
class Funnel:
    """Rates of the funnel; arrays of shape (channel,) or (device,).

    Attributes
    ----------
    mobile_share : share of the sessions on a phone, by channel (0.5–0.92).
    conversion : orders per session relative to the other channels, by channel (e-mail 3–5.5 %, social 0.5–2 %).
    device_factor : conversion of (phone, computer) relative to the channel's (0.7–0.8, 1.4–1.8; assumption).
    user_ratio : users per session in a day, by channel (0.70–0.85; assumption).
    views : product pages per session (1.5–2.5; assumption).
    cart_to_order : orders per cart by device (Baymard: 20 % on phones, 34 % on computers).
    checkout_to_order : orders per checkout by device (0.45–0.70; assumption).
    cancelled, refunded : share of the orders (0.03–0.04 each; assumption).

    """

    mobile_share: Floats
    conversion: Floats
    device_factor: Floats
    user_ratio: Floats
    views: float
    cart_to_order: Floats
    checkout_to_order: Floats
    cancelled: float
    refunded: float

    def sessions(self, traffic: Floats, rng: np.random.Generator) -> Ints:
        """Return sessions by (channel, device, day) from expected sessions by (channel, day)."""
        split = np.stack([self.mobile_share, 1 - self.mobile_share], axis=1)
        expected = traffic[:, None, :] * split[:, :, None]
        return systematic(expected * jitter(expected.shape, 0.05, rng), rng)

    def expected_orders(self, sessions: Ints, total: Floats) -> Floats:
        """Share the ``total`` orders of each day between channels and devices, by their sessions and conversion."""
        pull = sessions * self.conversion[:, None, None] * self.device_factor[None, :, None]
        share: Floats = pull / pull.sum(axis=(0, 1)) * total
        return share

    def orders(self, expected: Floats, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
        """Return placed, cancelled and refunded orders by (channel, device, day)."""
        placed = systematic(expected * jitter(expected.shape, 0.08, rng), rng)
        cancelled = systematic(placed * self.cancelled, rng)
        refunded = np.minimum(systematic(placed * self.refunded, rng), placed - cancelled)
        return placed, cancelled, refunded

    def steps(self, sessions: Ints, expected: Floats, placed: Ints, rng: np.random.Generator) -> dict[str, Ints]:
        """Return users, product views, carts and checkouts, each by (channel, device, day) and in funnel order."""
        shape = sessions.shape
        users = systematic(sessions * self.user_ratio[:, None, None] * jitter(shape, 0.02, rng), rng)
        users = np.minimum(users, sessions)
        views = systematic(sessions * self.views * jitter(shape, 0.05, rng), rng)
        checkouts = systematic(expected / self.checkout_to_order[None, :, None] * jitter(shape, 0.06, rng), rng)
        checkouts = np.maximum(checkouts, placed)
        carts = systematic(expected / self.cart_to_order[None, :, None] * jitter(shape, 0.06, rng), rng)
        carts = np.maximum(carts, checkouts)
        return {"users": users, "views": np.maximum(views, carts), "carts": carts, "checkouts": checkouts}
