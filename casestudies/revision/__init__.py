"""Five minutes of revision a day: flash cards, when each comes back, and the words of the trade."""
