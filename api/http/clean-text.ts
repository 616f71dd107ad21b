import { screen } from '../../domain/screening/screen.ts';

/**
 * What staff write for others to read, without telephone numbers, e-mail addresses and whatever else is taken out of what people
 * send.
 */
export function cleanText(text: string, now: Date): string {
  return screen(text, { thisYear: now.getUTCFullYear() }).text;
}
