import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/", "assets/", "build/", "node_modules/", "runs/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      "no-redeclare": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
  { files: ["tests/javascript/**"], languageOptions: { globals: globals.node } },
];
