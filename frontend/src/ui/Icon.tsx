/** Small line drawings on a 24-unit grid. They always stand beside words, so they are hidden from screen readers. */

const DRAWINGS = {
  /* rooms */
  table: "M3 9h18M5 9v10M19 9v10M8 5h8l3 4H5z",
  door: "M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3 21h18M14.5 12v1.5",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.500M16 4.600a3.5 3.5 0 0 1 0 6M17.5 14.900c2.2.7 3.6 2.4 4 5.1",
  letters: "M3 6h13v9H8l-4 3.500V15H3zM19 9h2v9h-1v3l-3.5-3H11",
  papers: "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.500v2.5",
  /* acts */
  speech: "M4 5h16v11h-8l-5 4v-4H4z",
  quill: "M20 4c-7 0-12 4-13.5 11L5 20M20 4c0 6-4 10-11 11M9.5 12.500h5",
  scales: "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6zM2 14a3 3 0 0 0 6 0M16 14a3 3 0 0 0 6 0",
  ladder: "M8 3v18M16 3v18M8 7h8M8 12h8M8 17h8",
  agree: "M4 12.500l5 5L20 6.5",
  add: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  onward: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  leave: "M10 4H5v16h5M14 8l4 4-4 4M8.5 12H18",
  download: "M12 4v11M7 11l5 5 5-5M4 20h16",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  undo: "M8 5L4 9l4 4M4 9h9a5.5 5.5 0 0 1 0 11h-3",
  redo: "M16 5l4 4-4 4M20 9h-9a5.5 5.5 0 0 0 0 11h3",
  pause: "M9 5v14M15 5v14",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3.5 9h17M3.5 15h17M12 3c-5 5-5 13 0 18 5-5 5-13 0-18z",
  attach: "M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700L9.700 17.200a1.700 1.700 0 0 1-2.400-2.400l7.700-7.700",
  camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z",
  picture: "M4 5h16v14H4zM4 16l4.500-4.500 4 4 3-3L20 16.500M15.500 9.500h.01",
  look: "M2.500 12c2.500-4.300 5.700-6.500 9.500-6.500s7 2.200 9.500 6.500c-2.500 4.300-5.700 6.500-9.500 6.500S5 16.300 2.500 12zM12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600z",
  hush: "M4 5h16v11h-8l-5 4v-4H4zM9.500 8l5 5M14.500 8l-5 5",
  mail: "M3 6h18v12H3zM3 7l9 6.500L21 7",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.500 9.500a2.500 2.500 0 1 1 3.600 2.200c-.7.4-1.100 1-1.100 1.800M12 16.800h.01",
  flag: "M6 21V4M6 4.500h12l-2.500 4 2.500 4H6",
  /* states */
  bell: "M6 16v-5a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  waiting: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  notice: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500h.01",
  warning: "M12 4l9.5 16h-19zM12 10v4.500M12 17.200h.01",
  offline: "M4 4l16 16M9 7.2A5.5 5.5 0 0 1 17.4 10 4 4 0 0 1 19.5 16.5M16 18H7a4.2 4.2 0 0 1-.7-8.3",
  saved: "M6 4h9l4 4v12H5V5a1 1 0 0 1 1-1M8 4v5h6V4M8 20v-6h8v6",
  /* writing */
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h7M7 19h7M13.5 5l-3 14",
  heading: "M6 5v14M18 5v14M6 12h12",
  bullets: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M4 14.500c.2-2 3-2 3 0 0 1.2-3 2-3 3.500h3",
  grid: "M4 5h16v14H4zM4 10h16M4 14.500h16M12 5v14",
  clause: "M15 6.500c-.5-1.6-1.7-2.5-3.2-2.500C10 4 8.8 5 8.8 6.600c0 4 6.4 3.6 6.4 7.2 0 1.3-1 2.3-2.4 2.600M9 17.500c.5 1.6 1.7 2.5 3.2 2.5 1.8 0 3-1 3-2.6 0-4-6.4-3.6-6.4-7.2 0-1.3 1-2.3 2.4-2.6",
} as const;

export type IconName = keyof typeof DRAWINGS;

/** Drawings that point along the line of reading, and turn with it. */
const TURNS: ReadonlySet<IconName> = new Set<IconName>(["onward", "back", "leave", "undo", "redo"]);

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className={TURNS.has(name) ? "icon icon-turns" : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
