// The link that led to a view is gone with the view before it: the new view's heading takes the focus.

export function takeFocus(heading: HTMLElement): void {
  // On the page's first load nobody has lost anything.
  if (document.activeElement === null || document.activeElement === document.body) heading.focus({ preventScroll: true });
}
