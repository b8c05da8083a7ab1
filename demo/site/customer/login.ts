/** A make-believe login: any e-mail address with the password `demo`, kept for this tab. */

const storageKey = 'tarn-and-gorse.login';
const demoPassword = 'demo';

/** Signs in and answers whether that worked. */
export function signIn(email: string, password: string): boolean {
  if (password !== demoPassword) return false;
  sessionStorage.setItem(storageKey, email);
  return true;
}

export function signOut(): void {
  sessionStorage.removeItem(storageKey);
}

/** The signed-in customer's address, or `null`. */
function signedInEmail(): string | null {
  return sessionStorage.getItem(storageKey);
}

/** The signed-in customer's address. Sends everybody else to the login, which leads back here. */
export function requireLogin(): string {
  const email = signedInEmail();
  if (email === null) {
    const next = location.pathname.endsWith('profile.html') ? 'profile' : 'index';
    location.replace(`${import.meta.env.BASE_URL}account/login.html?next=${next}`);
  }
  return email ?? '';
}

/** Where to go after the login: one of two pages, whatever the address bar says. */
export function pageAfterLogin(): string {
  const next = new URL(location.href).searchParams.get('next') === 'profile' ? 'profile' : 'index';
  return `${import.meta.env.BASE_URL}account/${next}.html`;
}
