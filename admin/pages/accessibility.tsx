import type { View } from '../page.tsx';

export const accessibility: View = {
  title: 'Accessibility statement',
  body: (
    <>
      <h1 class="nhsuk-heading-l">Accessibility statement</h1>
      <p>
        This statement is about the console in which staff and lived experience partners set up
        evaluations, read what people wrote, and answer. Everybody should be able to use it,
        whatever they see, hear, move or read with.
      </p>
      <p>You should be able to:</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>do everything with a keyboard, and always see where you are</li>
        <li>do everything without scripts</li>
        <li>
          zoom to 400% without scrolling sideways, except in wide tables, which scroll by themselves
        </li>
        <li>use your own colours and your system’s high contrast mode</li>
        <li>
          listen to every page with a screen reader, charts included: each has a table of the same
          numbers
        </li>
        <li>stop at any time: what you typed is kept when your session ends</li>
      </ul>
      <h2 class="nhsuk-heading-m">How accessible this console is</h2>
      <p>
        It is built to meet the Web Content Accessibility Guidelines version 2.2 at level AA. Every
        page is checked by a program (axe-core) and used with a keyboard only in a real browser each
        time the software changes. It has not yet been audited by an outside organisation, nor
        tested with people who use assistive technology every day. Checks by program find less than
        half of what can be wrong: please tell us what we missed.
      </p>
      <h2 class="nhsuk-heading-m">What may be hard</h2>
      <p>
        Texts that people wrote can be upsetting, and moderating them is hard work for anybody. Each
        text comes alone, there is a place to pause, and nothing is lost when you stop.
      </p>
      <h2 class="nhsuk-heading-m">Tell us</h2>
      <p>
        If something does not work for you, tell the administrator of your organisation, who can
        tell whoever runs this service. If you are not happy with how we answer, the Equality
        Advisory and Support Service can help you.
      </p>
      <p>This statement was prepared on 26 November 2026.</p>
    </>
  ),
};
