import { expect, it } from "vitest";
import { isAddress } from "./address";

it("takes addresses as people have them", () => {
  expect(["lucia@osteria.example", "j.weidt+case@mail.larkspur.example", "amára@kanzlei.example"].every(isAddress)).toBe(true);
});

it("catches slips of the finger", () => {
  expect(["", "lucia", "lucia@osteria", "lucia@@osteria.example", "lucia @osteria.example", "lucia@osteria..example", `${"a".repeat(250)}@b.example`].some(isAddress)).toBe(false);
});
