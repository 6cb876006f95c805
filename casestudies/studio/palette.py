"""Colours that the usual forms of colour blindness tell apart (Okabe and Ito, « Color Universal Design », 2008)."""

BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#009E73"
ORANGE = "#E69F00"
SKY = "#56B4E9"
PINK = "#CC79A7"
