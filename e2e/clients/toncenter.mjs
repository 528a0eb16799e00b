// Plain HTTP to toncenter and the faucet: what a client library would hide.
export async function post(url, body, headers = { "content-type": "application/json" }) {
  const response = await fetch(url, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

export function rpc(endpoint, method, params) {
  return post(endpoint, { id: 7, jsonrpc: "2.0", method, params });
}

export async function get(url) {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}
