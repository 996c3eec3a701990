// The terminal takes the keys from the beginning: without this it would have to be clicked first.
addEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());
