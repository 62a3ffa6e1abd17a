/** What the pages before the workspace are made of. It looks like the rest, and react-aria stays behind. */
export * from "../Form";
export * from "../Icon";
export * from "../surfaces";
export * from "./Button";
export * from "./Dialog";
export * from "./fields";
export * from "./times";
