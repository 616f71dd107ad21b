import { Card } from './Card.tsx';
import type { Content, HeadingLevel } from './parts.ts';

/** What must be known before going on. Text is a paragraph of its own. */
export function WarningCallout({
  heading,
  headingLevel = 3,
  children,
}: {
  heading?: string | undefined;
  headingLevel?: HeadingLevel | undefined;
  children: Content;
}) {
  const description = typeof children === 'string' ? children : undefined;
  // A heading that says so itself is not read as important twice.
  const isSaid = heading === undefined || /important/i.test(heading);
  return (
    <Card
      variant="warning"
      heading={heading}
      headingLevel={headingLevel}
      headingVisuallyHiddenText={isSaid ? undefined : 'Important'}
      description={description}
    >
      {children}
    </Card>
  );
}
