import { screen } from '../../../../domain/screening/screen.ts';

/**
 * Screens a posted text so many times and answers the result. A Worker's clock stands still while it computes, so
 * whoever posts has to measure.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const options = { thisYear: Number(searchParams.get('thisYear')) };
    const text = (await request.json()) as string;
    let screened = screen(text, options);
    for (let again = 1; again < Number(searchParams.get('times')); again++)
      screened = screen(text, options);
    return Response.json(screened);
  },
};
