export * from "./Announcer";
export * from "./Button";
export * from "./fields";
export * from "./Icon";
export * from "./overlays";
export * from "./surfaces";
export * from "./Tabs";
export * from "./Time";
