"""E-mail campaigns, with the counters of a usual sending platform.

Ranges assumed: ``repeat_opening`` 1.3–1.9 openings per unique opening; ``apple`` 0.25–0.45 share of the unique
openings; ``repeat_click`` 1.25–1.6 clicks per unique click; ``order_rate`` 0.05–0.12 orders per unique click;
``basket`` 45–75 € incl. tax per order (cosmetics).
Ranges known: ``hard`` 0.002–0.01 share of the messages sent (GDMA 2025: 98–99 % delivered); ``soft`` 0.002–0.015 share
of the messages sent (GDMA 2025: 98–99 % delivered); ``opening`` 0.2–0.38 unique openings per message delivered (Brevo
2024, with Apple openings); ``clicking`` 0.015–0.04 unique clicks per message delivered (Mailchimp 2.07 %, Brevo 3.96
%); ``unsubscribing`` 0.001–0.0035 unsubscriptions per message delivered (Mailchimp 0.21–0.31 %).
"""

from dataclasses import dataclass

import numpy as np

from casestudies.market.sampling import Floats, Ints, Reals, jitter, systematic


@dataclass(frozen=True)
class Emailing:
    """Rates of a sending programme, per delivered message unless said otherwise.

    Attributes
    ----------
    hard, soft : bounces per message sent (0.002–0.01 each; deliverability 98–99 %, GDMA 2025).
    opening : unique openings (0.20–0.38 with Apple's privacy openings).
    repeat_opening : total openings per unique opening (1.3–1.9; assumption).
    apple : share of the unique openings made by Apple's mail privacy (0.25–0.45; assumption).
    clicking : unique clicks (0.015–0.04; Mailchimp 2.07 %, Brevo 3.96 %).
    repeat_click : total clicks per unique click (1.25–1.6; assumption).
    unsubscribing : unsubscriptions (0.001–0.0035).
    order_rate : orders per unique click (0.05–0.12; assumption).
    basket : revenue per order (€ incl. tax).

    """

    hard: float
    soft: float
    opening: float
    repeat_opening: float
    apple: float
    clicking: float
    repeat_click: float
    unsubscribing: float
    order_rate: float
    basket: float

    def counters(self, size: Floats, interest: Floats, rng: np.random.Generator) -> dict[str, Ints | Floats]:
        """Return the counters of campaigns sent to ``size`` people, ``interest`` being 1 for a usual one."""

        def count(expected: Reals, sigma: float = 0.06) -> Ints:
            return systematic(expected * jitter(len(size), sigma, rng), rng)

        sent = count(size, 0.03)
        hard, soft = count(sent * self.hard, 0.15), count(sent * self.soft, 0.15)
        delivered = sent - hard - soft
        opened = count(delivered * self.opening * interest**0.4)
        clicked = count(delivered * self.clicking * interest)
        total = np.maximum(count(clicked * self.repeat_click, 0.03), clicked)
        return {
            "sent": sent,
            "hardBounces": hard,
            "softBounces": soft,
            "uniqueViews": opened,
            "viewed": np.maximum(count(opened * self.repeat_opening, 0.03), opened),
            "appleMppOpens": count(opened * self.apple),
            "uniqueClicks": clicked,
            "clickers": total,
            "unsubscriptions": count(delivered * self.unsubscribing, 0.15),
            "revenue": np.round(clicked * self.order_rate * self.basket * jitter(len(size), 0.12, rng), 2),
        }
