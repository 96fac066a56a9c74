import tailwindcss from "@tailwindcss/vite";
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [vue(), tailwindcss()],
  resolve: {
    alias: { "@rookery/client": fileURLToPath(new URL("../sdk/dist/index.js", import.meta.url)) },
  },
  build: {
    outDir: "target/web/rookery-web",
    emptyOutDir: true,
    target: "es2022",
    // The gateway's policy allows nothing inline, and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // A page of the development server speaks to the gateway of the same machine.
  server: { proxy: { "/v1": { target: "http://127.0.0.1:8080", ws: true } } },
});
