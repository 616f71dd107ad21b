/**
 * Common given names and surnames by origin, for measuring whether the rules find all alike. They live in the tests
 * only: the rules know no names. Groups after the ethnic categories of the census and of UK name studies.
 */
export const namesByOrigin: Record<string, { given: string[]; family: string[] }> = {
  'White British': {
    given:
      'Emily Oliver Charlotte Harry Sophie Jack Margaret Susan Kevin Gary Tracey Darren Nigel Gemma Lewis Hannah Callum Beverley Geoffrey Linda Grace Hope'.split(
        ' ',
      ),
    family: 'Smith Jones Taylor Davies Wilson Evans Thompson Robinson Wright Hughes'.split(' '),
  },
  'Black African': {
    given:
      'Adaeze Chinedu Kwame Ama Oluwaseun Ngozi Tendai Thandiwe Abebe Makena Kofi Yaa Folasade Emeka Chidi Zainabu Blessing Patience Sizwe Wanjiru Mamadou Precious'.split(
        ' ',
      ),
    family: 'Okafor Mensah Adeyemi Nkosi Moyo Boateng Okonkwo Abebe Diallo Kamau'.split(' '),
  },
  'Black Caribbean': {
    given:
      'Winston Delroy Marcia Sharon Leroy Desmond Yvonne Errol Beverly Cleopatra Kemar Shanice Tyrone Latoya Jermaine Devon Althea Marlon Keisha Orville Sherelle Dwayne'.split(
        ' ',
      ),
    family: 'Campbell Brown Clarke Grant Morgan Powell Gayle Bailey Lindo Francis'.split(' '),
  },
  'South Asian': {
    given:
      'Priya Rajesh Harpreet Gurdeep Sunita Anil Deepika Manjit Arjun Kavita Sanjay Meera Vikram Nisha Jaspreet Ravi Lakshmi Dinesh Parveen Shabana Ashok Kiran'.split(
        ' ',
      ),
    family: 'Patel Singh Kaur Sharma Gupta Desai Nair Chaudhary Bains Iyer'.split(' '),
  },
  Chinese: {
    given:
      'Wei Mei Xiu Jing Li Yan Hui Ming Fang Ling Jun Ying Xin Yu Zhen Qiang Lan Hao Ping Chun Bo Siu'.split(
        ' ',
      ),
    family: 'Wang Zhang Chen Liu Huang Zhao Wu Zhou Xu Cheung'.split(' '),
  },
  'Arabic or Muslim': {
    given:
      'Mohammed Fatima Ahmed Aisha Yusuf Khadija Omar Layla Hassan Zaynab Ibrahim Maryam Saeed Noor Waheed Samira Abdullah Amina Tariq Hafsa Naveed Rania'.split(
        ' ',
      ),
    family: 'Khan Hussain Ali Rahman Abdi Hassan Mahmoud Al-Sayed Malik Begum'.split(' '),
  },
  'Eastern European': {
    given:
      'Agnieszka Piotr Łukasz Katarzyna Andrei Ioana Zsuzsanna Jiří Ivana Dragan Oksana Vasyl Magdalena Tomasz Bogdan Daiva Jānis Svetlana Krzysztof Mihaela Radu Dorota'.split(
        ' ',
      ),
    family: 'Kowalski Nowak Popescu Ivanov Horváth Novák Wójcik Kovalenko Jankauskas Petrov'.split(
      ' ',
    ),
  },
  Irish: {
    given:
      'Siobhán Niamh Aoife Ciarán Padraig Eoin Gráinne Seamus Caoimhe Declan Róisín Liam Sinead Oisín Bríd Fergal Maeve Cormac Donal Deirdre Tadhg Orla'.split(
        ' ',
      ),
    family:
      "O'Connor Murphy Byrne O'Sullivan McCarthy Doyle Kavanagh Gallagher Fitzgerald Quinn".split(
        ' ',
      ),
  },
};

/** Sentences with a cue; `{n}` is the name. Each stands in the case it is written in, and all in lower case too. */
export const cueSentences: string[] = [
  'My nurse {n} was so patient with me.',
  'My nurse, {n}, sat with me all night.',
  'My key worker {n} rang every week.',
  'My social worker is called {n} and is great.',
  'A man called {n} showed me around.',
  'A lady named {n} brought me tea.',
  'Thanks to {n} I am back home.',
  'Thank you {n} for everything.',
  'Thank you so much to {n} for listening.',
  'My son {n} comes here too.',
  'Our daughter {n} was well looked after.',
  'My husband {n} could not get an answer.',
  'I was seen by {n} within a week.',
  'I spoke to {n} on the phone.',
  'Ask for {n} at the desk.',
  'Her name is {n} and she is a star.',
  '{n} was my nurse and I miss her.',
  '{n}, my support worker, was wonderful.',
  'The psychiatrist {n} explained it all.',
  'Well done to {n} and the team.',
  'I had a session with {n} on Monday.',
  'My friend {n} told me about this group.',
  'My nurse {n} was kind to me.',
  'my support worker {n} is brilliant',
  'The doctor, {n}, was rude.',
  'Nurse {n} helped me a lot.',
  'a nurse called {n} helped me',
  '{n} my care coordinator is amazing',
  'I want to thank {n} for her help',
  'Big thanks to {n} and the team',
  'My therapist {n} listened.',
  'CPN {n} visits every week',
  'My CPN is {n} and she listens',
  'my counsellor was {n}',
  'the receptionist {n} shouted',
  'the OT, {n}, got me out walking',
  'staff member {n} ignored me',
  'I saw {n} the psychologist',
  'my mum {n} was on the ward',
  'My brother {n} died there',
  'social worker ({n}) never rang',
  'named nurse: {n}',
  'special mention to {n}',
  'massive thank you to {n}',
  'a big shout out to {n}',
  'I have been seeing {n} for CBT',
  'I was assigned {n} as my key worker',
  'it was {n} who helped me',
  'Please thank {n} from me',
  'working with {n} changed my life',
  '{n} from the crisis team rang me',
  'My name is {n}',
  'I am {n} and I want to complain',
  "{n}'s kindness saved me",
  'i met with {n} on tuesday',
  'Consultant {n} would not listen',
  '{n} (my nurse) was kind',
  'the lady on reception, {n}, was rude',
  'my partner {n} was not told',
  'My dad, {n}, waits for months',
  'helped by {n} and others',
  'the manager {n} bullied people',
];

/** With a title comes a family name. */
export const titleSentences: string[] = [
  'Dr {n} listened to me.',
  'Dr. {n} changed my tablets.',
  'I saw Mr {n} about it.',
  'Mrs {n} at the desk was kind.',
  'Nurse {n} was very gentle.',
  'Prof {n} gave a talk.',
  'doctor {n} never rushed me',
];

/** The same kinds of cue with nobody named: nothing here is a name, and nothing may hold the text. */
export const namelessSentences: string[] = [
  'My nurse was so patient with me.',
  'My key worker rang every week and listened.',
  'My social worker is lovely and always on time.',
  'Thanks to everyone on the team I am back home.',
  'Thank you for everything you did.',
  'Thank you so much to all the staff for listening.',
  'My son comes here too and loves it.',
  'Our daughter was well looked after.',
  'My husband could not get an answer.',
  'I was seen by the doctor within a week.',
  'I spoke to somebody on the phone.',
  'Ask for help at the desk.',
  'She was my nurse and I miss her.',
  'The psychiatrist explained it all clearly.',
  'Well done to all of the team.',
  'I had a session with my therapist on Monday.',
  'My friend told me about this group.',
  'The doctor listened to me properly.',
  'They called me back the same day.',
  'The nurse practitioner was very gentle.',
  'MY NURSE WAS LOVELY AND SO WAS THE DOCTOR',
  'My Nurse Was Lovely And So Was My Doctor',
  'Thanks so much for helping my mum and dad.',
  'Talking to people who understand helps.',
  'The ward was clean and the food was good.',
  'I live in a quiet house near the park.',
  'I would like a bigger room on the ward.',
  'My worker never rushed me.',
  'Dr was running late but very kind.',
  'The named nurse changed twice in a month.',
];

/** Nothing announces the name. */
export const bareSentences: string[] = [
  '{n} was brilliant.',
  '{n} is a star',
  '{n} and the team were lovely.',
  'Everyone was kind, especially {n}.',
  'I will miss {n}.',
  'Without {n} I would not be here.',
  'The best was {n}.',
  'Lovely chats with {n} in the garden.',
  '{n} helped me through it.',
  'I could always rely on {n}.',
  'They sent {n} instead.',
  '{n} made me laugh every day.',
  '{n} always listens.',
  'Give {n} a pay rise!',
  'It was {n}, not me.',
  'And then {n} left.',
  '{n} never rang back.',
  '{n} shouted at me.',
  'Nobody but {n} cared.',
  '{n}',
];
