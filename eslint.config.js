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
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "AssignmentExpression[left.property.name=/^on(key|click|wheel|touch|pointerdown|mousedown)/]" +
            " > ArrowFunctionExpression[body.type='LogicalExpression']",
          message: "A handler that returns false cancels the key: no Tab gets past it.",
        },
      ],
    },
  },
  { files: ["tests/javascript/**"], languageOptions: { globals: globals.node } },
];
