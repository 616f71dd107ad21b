import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** White around a code, in modules: readers need four (ISO/IEC 18004). */
const quietModules = 4;

/**
 * An address as a QR code, black on white whatever colours the page has. A quarter of it may be dirty or torn. The address
 * stands beside it as text, since not everybody has a camera.
 *
 * @throws where the text is longer than a QR code can hold, about 1600 characters
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = generate(text, { minCorrectionLevel: correction.Q });
  const size = code.size + 2 * quietModules;
  return (
    <svg
      class="fc-qr"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`${-quietModules} ${-quietModules} ${size} ${size}`}
      width="240"
      height="240"
      shape-rendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect x={-quietModules} y={-quietModules} width={size} height={size} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
