// The built site: its files, and one page of every type.
export * from "./built.mjs";
export * from "./types.mjs";
