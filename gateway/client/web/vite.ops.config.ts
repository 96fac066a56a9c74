import tailwindcss from "@tailwindcss/vite";
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The operators' page: a build of its own, so that players load nothing of it. */
export default defineConfig({
  root: "ops",
  base: "/ops/",
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  plugins: [vue(), tailwindcss()],
  build: {
    outDir: "../target/web/rookery-ops",
    emptyOutDir: true,
    target: "es2022",
    // The platform's policy allows nothing inline, and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // A page of the development server asks the platform of the same machine.
  server: {
    proxy: { "^/ops/(state|letters|trip)": process.env.ROOKERY_OPS_URL ?? "http://127.0.0.1:8090" },
  },
});
