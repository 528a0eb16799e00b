// The secret of this tab: a single-use token from the address, then a session kept for the tab only.
import type { Credentials } from './rpc';

/** A page inside the demo's frame must not overwrite the session of the page around it. */
const KEY = window.top === window ? 'simurgh.session' : 'simurgh.session.framed';

/** Takes `token=…` out of the address's fragment, so that it is neither shown nor kept in the history. */
function takeToken(): string | null {
  const parts = location.hash.replace(/^#/, '').split('&');
  const found = parts.find((part) => part.startsWith('token='));
  if (found === undefined) return null;
  const rest = parts.filter((part) => part !== found).join('&');
  history.replaceState(null, '', rest === '' ? location.pathname : `#${rest}`);
  return found.slice('token='.length);
}

export function tabCredentials(): Credentials {
  let token = takeToken();
  // A fresh address pasted into this tab changes nothing but the fragment: the page begins again with its token.
  addEventListener('hashchange', () => {
    if (/(?:^#|&)token=/.test(location.hash)) location.reload();
  });
  return {
    token: () => token,
    session: () => sessionStorage.getItem(KEY),
    keep(session) {
      token = null;
      sessionStorage.setItem(KEY, session);
    },
    forget() {
      token = null;
    },
  };
}
