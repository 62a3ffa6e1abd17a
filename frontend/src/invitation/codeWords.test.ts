import { expect, test } from "vitest";
import { clockOf, digitsOf } from "./codeWords";

test("a code is read out of whatever is pasted", () => {
  expect(digitsOf("123456")).toBe("123456");
  expect(digitsOf(" 123 456\n")).toBe("123456");
  expect(digitsOf("Your code: 123-456.")).toBe("123456");
  expect(digitsOf("")).toBe("");
});

test("more than a code is cut, and letters are no digits", () => {
  expect(digitsOf("12345678")).toBe("123456");
  expect(digitsOf("l23O5")).toBe("235");
});

test("digits of another script are digits", () => {
  expect(digitsOf("١٢٣٤٥٦")).toBe("123456");
  expect(digitsOf("１２３４５６")).toBe("123456");
  expect(digitsOf("०१२३४५")).toBe("012345");
});

test("what is left is told in minutes and seconds", () => {
  expect(clockOf(42)).toBe("0:42");
  expect(clockOf(545)).toBe("9:05");
});
