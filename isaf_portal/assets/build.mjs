// Writes static_build/ from the npm packages: Bootstrap as it is, our subset of it, and the fonts.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const packages = join(root, "node_modules");
const target = join(root, "static_build");

// The source map goes along because the unchanged style sheet names it, and hashed names need every name.
const files = {
  "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
  "bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
};
for (const weight of [400, 700]) {
  files[`fonts/noto-sans-khmer-${weight}.woff2`] = `@fontsource/noto-sans-khmer/files/noto-sans-khmer-khmer-${weight}-normal.woff2`;
  files[`fonts/noto-sans-${weight}.woff2`] = `@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff2`;
  // Letters with two marks (ọ, ế): names of people across the border.
  files[`fonts/noto-sans-vietnamese-${weight}.woff2`] = `@fontsource/noto-sans/files/noto-sans-vietnamese-${weight}-normal.woff2`;
  files[`fonts/noto-sans-ext-${weight}.woff2`] = `@fontsource/noto-sans/files/noto-sans-latin-ext-${weight}-normal.woff2`;
}
// For print only: arrows, ticks and signs of comparison that people paste into an activity.
files["fonts/noto-sans-math-400.woff2"] = "@fontsource/noto-sans-math/files/noto-sans-math-latin-400-normal.woff2";
files["fonts/noto-sans-symbols-400.woff2"] =
  "@fontsource/noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400-normal.woff2";
files["fonts/moul-400.woff2"] = "@fontsource/moul/files/moul-khmer-400-normal.woff2";

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
for (const [name, source] of Object.entries(files)) {
  copyFileSync(join(packages, source), join(target, name));
}
// Bootstrap 5.3 is written for the older Sass module system; its own warnings would hide ours.
const { css } = compile(join(here, "bootstrap-subset.scss"), {
  style: "compressed",
  loadPaths: [packages],
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin"],
});
writeFileSync(join(target, "bootstrap-subset.css"), css);
console.log(`static_build: ${Object.keys(files).length + 1} files`);
