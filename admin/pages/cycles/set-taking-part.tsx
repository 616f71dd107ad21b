import { type Channel, channels } from '../../../domain/vocabulary.ts';
import { Checkboxes } from '../../components/Checkboxes.tsx';
import { channelWords } from '../../words.ts';
import { setUpPage } from './set-up-page.tsx';

const title = 'How can people take part?';

const hints: Readonly<Record<Channel, string>> = {
  trust:
    'Systems that you have registered send what people answered, one by one or many at a time. They build their form from this cycle.',
  public:
    'Any website or app may build a form from this cycle and send what people answered. Nobody signs in, so nothing says who took part, or how often.',
};

export const setTakingPartPage = setUpPage({
  task: 'taking-part',
  title,
  labels: { channels: 'How people take part' },
  initial: (cycle) => ({ channels: cycle.channels }),
  show: ({ fields, errors }) => (
    <>
      <Checkboxes
        legend={{ text: title, size: 'l', headingLevel: 1 }}
        name="channels"
        values={fields.all('channels')}
        errorMessage={errors.of('channels')}
        items={channels.map((each) => ({
          text: channelWords[each],
          value: each,
          hint: hints[each],
        }))}
      />
      <p>
        Think of those who have no device, cannot read a form, or fear that it will be held against
        them. Somebody whom they trust can fill in a form with them.
      </p>
    </>
  ),
  read: async (fields) => {
    const chosen = fields.all('channels');
    if (chosen.length === 0)
      return [{ field: 'channels', text: 'Select at least one way to take part' }];
    return { channels: [...chosen] as Channel[] };
  },
});
