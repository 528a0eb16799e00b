// Svelte with TypeScript; runes everywhere, no inline styles (the page's CSP forbids them).
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true } };
