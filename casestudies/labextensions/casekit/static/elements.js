// Elements of a page.

export function element(tag, attributes = {}, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

export function button(text, act) {
  const node = element("button", { type: "button" }, text);
  node.addEventListener("click", act);
  return node;
}
