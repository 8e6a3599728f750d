type QrCodeProps = { size: number; path: string; label: string };

/** Dark on white in both themes: many readers do not know a light code on a dark ground. */
export function QrCode({ size, path, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-52 max-w-full rounded-lg border bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
