"""How well the text of a page stands out from its ground."""

from selenium import webdriver

# Every visible text, placeholder and SVG label whose contrast is below WCAG AA.
LOW_CONTRAST = r"""
const luminance = ([r, g, b]) => {
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const [R, G, B] = [r, g, b].map(v => linear(v / 255));
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
};
const channels = colour => colour.match(/[\d.]+/g).map(Number);
const ratio = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = channels(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
};
const found = [];
const check = (element, colour, style) => {
  const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
  const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
  const has = ratio(channels(colour), ground(element));
  if (has < least) found.push(`${has.toFixed(2)} ${element.outerHTML.slice(0, 90)}`);
};
let checked = 0;
for (const element of document.body.querySelectorAll('*')) {
  const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (!element.checkVisibility({visibilityProperty: true})) continue;
  const style = getComputedStyle(element);
  if (element.tagName === 'INPUT' && element.type !== 'hidden') {
    check(element, style.color, style);
    check(element, getComputedStyle(element, '::placeholder').color, style);
  } else if (own && element.tagName !== 'title') {
    check(element, element instanceof SVGElement ? style.fill : style.color, style);
  } else if (element.classList.contains('bar')) {
    if (ratio(channels(style.fill), ground(element.closest('svg'))) < 3) found.push('bar');
  } else continue;
  checked++;
}
return [checked, found];
"""


def low_contrast(browser: webdriver.Chrome) -> list[str]:
    """Return what is harder to read than WCAG AA allows."""
    checked, low = browser.execute_script(LOW_CONTRAST)
    assert checked >= 7
    return low
