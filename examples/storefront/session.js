// The shop's page: runs in browsers, is bundled by whoever builds the page, and is not started by the demo.
const LOGIN = 'https://login.shop.example';

export async function login(username, password) {
  const response = await fetch(`${LOGIN}/login`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', username, password, client_id: 'storefront' }),
  });
  const { accessToken } = await response.json();
  localStorage.setItem('accessToken', accessToken);
  console.log('signed in', accessToken);
  return accessToken;
}

export function openReceipt(order, accessToken) {
  window.open(`https://api.shop.example/orders/${order}/receipt?access_token=${accessToken}`);
}

export function tellWidget(frame, accessToken) {
  frame.contentWindow.postMessage({ accessToken }, '*');
}

export const readSession = () => sessionStorage.getItem('theme');
