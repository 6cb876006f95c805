"""Questions of assessment E1: the web-marketing strategy."""
