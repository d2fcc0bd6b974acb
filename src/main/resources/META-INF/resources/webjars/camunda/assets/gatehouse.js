// Loaded by each of the engine's web applications, because its config.js names it. Their own sign-out would end their part
// of the session only, and their own sign-in form is closed, so both lead to Gatehouse's pages.
document.addEventListener('click', event => {
  const link = event.target.closest && event.target.closest('.logout a, a.logout');
  if (link) {
    event.preventDefault();
    event.stopImmediatePropagation();
    window.location.assign('/sign-out');
  }
}, true);

const toSignIn = () => {
  if (window.location.hash.startsWith('#/login')) {
    window.location.assign('/sign-in');
  }
};
window.addEventListener('hashchange', toSignIn);
toSignIn();
