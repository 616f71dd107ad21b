/*
 * Words that are no name: hand-written for feedback about care, plain English and the service's own vocabulary. Only
 * base forms are needed, `known-words.ts` knows how English bends them. A word that is also a name ("hope", "rose",
 * "will") is here as an ordinary word; nothing is here because it is a name or left out because it is one.
 */

/** Words that stay words even with a capital, wherever they stand. */
export const functionWords = `a a&e about above across adhd after afterwards again against ago ah ain't all almost alone along already also although
always am among amongst an and another any anybody anyone anything anyway anyways anywhere apart are aren't arent
around as asd aside at away back be became because become been before behind being below beside besides between beyond
both bpd but by camhs can can't cannot cant cbt cmht cos could couldn't couldnt covid coz cpa cpn cqc dbt despite did
didn't didnt do doctor does doesn't doesnt don't done dont down dr due during each ect either else emdr enough er etc
even ever every everybody everyone everything everywhere except few for from further gp had hadn't hadnt has hasn't
hasnt have haven't havent having hca he he's her here hers herself hes him himself his hmm how however i i'd i'll i'm
i've iapt id if im in indeed inside instead into is isn't isnt it it's its itself ive just least less lots many may
maybe me mha might mine miss more moreover most mostly mr mrs ms much must mx my myself n/a na near nearly neither
never nevertheless nhs nil no nobody none nor not nothing now nowhere nurse o ocd of off often oh ok okay on once one
ones only onto or ot other others otherwise ought our ours ourselves out outside over own pals per perhaps please plus
ptsd quite rather really same several shall she she's shes should shouldn't shouldnt since so some somebody somehow
someone something sometimes somewhere soon still such than thank thanks thankyou that that's thats the their theirs
them themselves then there there's therefore theres these they they'd they're they've theyre theyve this those though
through throughout thus thx till to today together tomorrow tonight too toward towards tv um under unless until up
upon us very via was wasn't wasnt we we'd we'll we're we've well were weren't werent weve what what's whatever when
whenever where whereas wherever whether which while who who's whoever whole whom whose why will with within without
won't wont would wouldn't wouldnt yes yesterday yet you you'd you'll you're you've your youre yours yourself`;

export const contentWords = `abit able abrupt absent absolute absolutely abuse abysmal accept access accident accommodate accommodation ace ache
achieve achy act action active activity actual acute add addict addiction address adequate adjust admin admission
admit adult advance advice advise advocate aerial aerosol affect afford afraid african aftercare afternoon age agency
agenda aggressive agitate agree ahead aid aim aint air airy alarm album alcohol alcoholic alert alive allergy alley
allocate allocated allow allright alot alright altho alzheimer amaze amazing ambulance amend american amount anchor
anger angry animal ankle annoy annual anorexia answer antenatal anthem antibiotic antibiotics antidepressant
antipsychotic anxiety anxious anymore apologise apology app appalling appear appetite apple apply appoint appointment
appointment's appreciate appreciation approach approachable appropriate approx appt appts apr april apron arabic
arcade area arena argue argument aripiprazole arm armchair arrange arrive arrogant arrow art arthritis article asap
asian ask asleep aspect asperger assault assess assessment assigned assist assistant assume asthma ate athlete
atmosphere atrocious attack attend attention attentive attic attitude audience audiology aug august aunt auntie aunty
autism autistic autumn available average avocado avoid await awake aware awesome awful awkward awning awoke baby
backlog bacon bad badge badly badminton baggy bake balance balcony ball ballet balloon banana band bandage bangladeshi
bank banter barber bare bark barrier base basic basin basis basket basketball batch bath bathed bathroom battery bay
bc beach bean beard beat beautiful bed bedded bedpan bedroom bedside bedtime beef beer beforehand began begin behalf
behave behaviour belief believe belong bench beneficial benefit bereaved bereavement bereft best better big bike bikes
bin bingo bipolar birth birthday biscuit bisexual bit bite blame bland blanket blazer bled bleed bless blew blinds
block blog blood bloody blown blunt bmi board boat body boil bolt bone book boost booster boot border bore bored
boring born borrow boss bossy bother bottle bottom bought bound bout bowel bowl box boy boyfriend bp bracelet brain
brainstorm branch brave bread break breakdown breakfast breast breastfeeding breath breathe bred breezy brew brick
bridge brief bright brill brilliant bring brisk british broadcast brochure broke broken broom brother brought browse
bruise brush btw bubble bubbly bucket budget buffet bug build building built bulb bulimia bulky bulletin bumpy bunch
bungalow buprenorphine burden burn burnt bus business busy butter button buy buzzer bye cabinet cable cafe cage cake
calculate calendar call calm calorie came camera camp campus cancel cancer candle cannabis cannula canteen canvas cap
capable capacity capital captain car caravan carbon card cardboard cardiac cardiology care careful careless carer
caribbean caring carpet carriage carrot cartoon case caseload cash castle cat catalogue catch category catering
catheter cattle caught cause cellar cement center centre cereal ceremony certain certificate chain chair chalk
challenge champion chance change changed channel chaos chaotic chapel chaplain chapter charge charity charm chart
chase chat chatter chatty cheap check checked checkout cheeky cheer cheerful cheers cheese cheesy chemist chemo
chemotherapy chess chest chew chewy chicken child childhood childline children chilly chinese chips chocolate choice
choir choose chop choppy chord chorus chose chosen christian christmas chronic church chute cider cigarette cinema
circle circumstance citalopram city claim clap clarity class clay clean cleaned clear clearly clerk clever click
client cliff climb clinic clinical clinician clip clock close closure cloth clothes clothing cloud cloudy clozapine
club clueless clumsy clung cluster co-produce co-produced co-production coach coal coast coat cocaine cocktail cocky
code codeine coffee coin cold collapse collar colleague collect college colour combine come comedy comfort comfortable
comfy comic command comment commission commit committee commode common communicate communication community company
compare comparison compass compassion compassionate compassionately compete competent compile complain complaint
complement complete complex complicated compliment comprehension comprehensive compromise computer concentrate concept
concern concise conclude conclusion concrete condescending condition conduct conference confidence confident
confidential confidentiality confirm conflict confuse congratulate connect conscious consent consequence consider
considerate consideration consistency consistent constant constraint construct consult consultant consultant's
consultation contact container content contest continence continue continuity contract contrast contribute control
convenient conversation convey cook cooked cookie cooperate coordinate coordinator copd cope copper coproduction copy
cord cordial corn corner correct correspond corridor cost costly cosy cottage cotton couch cough coulda council
counsel counselling counsellor counselor count counter country county couple courage course court courteous courtesy
courtyard cousin cover coward cpns crack craft crash crate crawl crazy cream creamy create creative credit creep
creepy crept crew crib cricket cried criminal crisis crisp crispy critic critical crohn crossword crowd crown crucial
cruel crunchy crush crust crutch crutches cry crystal cube cubicle cucumber cuddle culture cup cupboard curb cure
curious currency current curry curtain curve cushion custom cut cuz cyber cycle cyclist dad daily dairy damage damp
dance danger dangerous dare dark dash data database date daughter dawn day dazzle dead deadline deaf deal dealt dear
death debate debris debt dec decade december decent decide decision deck decline decor decorate dedicate dedicated
dedication deep deer default defeat defence defend definately define definite definitely degree delay delegate
delicious delight deliver delivery delusion delusional demand demean dementia demonstrate dental dentist dentures deny
department depend dependent deposit depot depress depression dept depth deputy derail dermatology describe description
desire desk desperate dessert destination destroy detail detain detective deteriorate determine detox develop device
devote diabetes diabetic diabolical diagnose diagnosis diagram dialysis diary diazepam dice dictate die died dies diet
dietician dietitian differ difference different difficult difficulty dig digital dignity dilemma diligent dim dining
dinner dip diploma direct direction director dirty disability disable disappear disappoint disaster discharge discreet
discriminate discuss discussion disease disgraceful disgust disgusting disinterested dismal dismiss dismissive
disorder display dispose dispute disrespect disrupt dissociate dissociation distance distract distress district
disturb dive diverse diversity divorce diwali dizzy doc dock docs document dodgy dog doing domestic domino donate
donkey door dose dot doubt dough downstairs dozen dozy draft drag drain drama drank drastic draught draughty draw
drawer drawn dread dreadful dream dress dressing drew drill drink drinking drip drive driven driver drop drove drowsy
drug drum dry duck dug dull dumb dump dunno duration dusk dust dusty duty duvet dwell dwelling dying dynamic dyslexia
dyspnoea dyspraxia eager eagle ear early earn earring earth ease eased east easter easy eat eaten eating
eating-disorder ecg echo economy ecstatic edge editor educate education eeg effect effective efficient effort eg egg
eid eight elastic elbow elder elderly elect electric elevator eleven email emailed embarrass embrace emerge emergency
emoji emotion emotional empathetic empathic empathise empathy empire employ empower empty enable enclosed encourage
encouragement end endless endometriosis endure enemy energy engage engagement english enjoy enjoyable enormous enquire
enquiry enrol ensure enter enterprise entertain enthuse enthusiasm enthusiastic entire entrance entry envelope
environment envy epic epilepsy epileptic episode equal equation equip equipment erase error escalate escape escort
especial essay essential establish estate european evaluate evening event eventual everyday everythin evidence evolve
exact exam examine example exceed excel excellence excellent exceptional excessive exchange excited exclude excuse
executive exemplary exercise exhaust exhausted exhibit exist exit exotic expand expect expectation expense experience
expert expertise expire explain explained explanation explode exploit explore export express expression extend extra
extreme eye fab fabric fabulous face facebook facilitate facility fact factor factory fade fail failure fair fairy
faith fake fall fallen falls false fame familiar family fan fancy fantastic fantasy far farm fashion fast fat father
fatigue fatty fault faulty favour fear feature feb february fed feed feedback feel feet fell felt female fence ferry
fetch fibre fibromyalgia fiction fiddle fierce fight figure file fill film filter final finance find fine finger
finish fire firm first fish fit fitness fitted five fix fizzy flag flame flap flare flash flashback flask flat flavour
flaw fled flesh flew flexibility flexible flimsy fling flip float flood floor floppy flour flow flower flown flu
fluent fluff fluffy fluid fluoxetine flush flute focus fog foggy fold folder folk follow font food foot football
footpath forbid force forced forecast forensic forest forever forgave forget forgive forgot forgotten fork form formal
former formula forthcoming fortnight fortnightly fortunate fortune forty forum forward found foundation fountain four
fourth fox fraction fragile frail frame framework fraud free freedom freeze freezer frequent fresh fri friday fridge
friend friendly frighten fringe front frost frosty frown froze frozen fruit fruity frustrate frustration fry fuel full
fun function fund fundraiser funny fur furniture fury fuse fuss fussy future gadget gain galaxy gallery gallon gamble
game gap garage garden garlic garment gas gate gather gave gay gear gender general generous gentle gentleman genuine
geriatric get gets getting gift giggle ginger giraffe girl girlfriend give given glad glance glare glass glide glimpse
glitter globe gloomy glory glove glow glue go goal goat god goes going gold golf gone gonna good goodbye google gossip
got gotta government gown gps grab grade gradual grain grammar gran grand grandad granddad granddaughter grandfather
grandma grandmother grandparent grandson grant grape graph grasp grass grassy grateful gratitude gravel gravity gravy
grease greasy great greedy green greet grew grid grief grieving grill grip grocery groom gross ground group grow grown
growth grumpy guard guess guest guidance guide guilt guilty guitar gum gut guy gym gymnastics gynaecology ha habit
haha hail hair halal half hall hallucination halt ham hammer hand handbag handcuff handle handout handover handset
handy hang happen happiness happy hard harm hassle haste hat hate haul hazard hazy hcas head headache headline
headphone heal health healthcare healthy heap hear heard heart hearty heat heating heaven heavy hectic hedge heel held
helicopter hello helmet help helped helpful helpline hen herb heroin hesitate hey hi hid hidden hide high highlight
hill hilly hindu hint hip hire history hit hiya hobby hockey hoist hold hole holiday home homely honest honey honour
hook hop hope hopeful hopeless horizon hormonal hormone horn horrible horrid horrific horse horticulture hose hospital
hospital's hostel hostile hot hotel hour house household housing hr hrs hub hug huge human humiliate humiliation
humour hundred hung hunger hungry hunt huntington hurdle hurry hurt husband hut hygiene hypnotherapy hypochondriac
hypomania hypomanic ibuprofen ice icon icy idea ideal ideation identify identity idle idol ie ignorant ignore ignored
ill illness image imagine imbalance immediate immense immune impact impatient impeccable imperfect implication
impolite importance important impossible impress impression impressive improve improvement inadequate inappropriate
inch incident incline include incompetent inconsistent incontinence increase incredible independent index indian
indicate individual indoor induction industry inexperienced infant infect infection inferior influence info inform
information informative infrequent ingredient inhale inhaler inherit initial initiative inject injection injure
injured injury inner innit innocent inpatient inpatients input insect insert insight insisted insomnia inspect inspire
instagram install instance instant institution instruct instrument insulin insult insure intake integrate integrity
intellect intense intensive intent intention interact interactive interest internal internet interpret interpreter
interrupt interval intervene intervention interview intimidate intro introduce introduction intrude invaluable invent
invest investigate invisible invite invoice involve involvement irish iron irony irritate island isolate isolation
issue itchy item jab jacket jail jam january jar jargon jaw jeans jelly jet jewish jigsaw job jog join joint joke
joking journal journey judge judgement judgemental juice jul july jumble jump jumper jumpy june junior junk jury
justice kayak keen keep kept kettle key keyboard keyworker kick kid kidney kill kilo kilometre kind kinda kindle
kindly kindness king kiosk kit kitchen kite kitten knee knelt knew knife knit knitting knock knot know knowledge
knowledgeable known kosher label labour lace lack lad ladder lady laid lain lake lamb lamp land landing landlord
landscape lane language lap laptop large laser last latch late later laugh laughed laundry law lawn lawyer lay layer
layout lazy lead leader leaf leaflet leafy league leak leaky lean leap learn learning learnt leather leave lecture led
ledge left leg legal legend leisure lemme lemon lemonade lend length lengthy lens lent lesbian lesson let letter
lettuce level lever liaise liaison liberty library licence lick lid lie lied life lifetime lift lifted light lightbulb
like likely lime limit line link lip liquid list listen listened lit literal lithium litter little live lived lively
liver load loan lobby local locate location lock locum lodge loft log logic logo lol lollipop lonely long look loose
lorazepam lorry lose loss lost lot lotion lottery loud lounge lousy love lovely low loyal luck lucky luggage lump
lunch lunchtime lung luxury lying lyrics machine macmillan mad made magazine magic magnet magnificent mail main
mainstream maintain majestic major majority make male man manage management manager mania manic manner manual map mar
marble march margin marine market marmalade marriage marvel marvellous mash mashed mask massage massive match mate
material maternity maths matron matter mattress mature maximum maze mead meadow meal mean meaning meant measure meat
meaty mechanic medal media medical medicate medication medicine medium meds meet meeting melody melt member memorable
memory men menopausal menopause mental mention menu merge merit mesh mess message messy met metal meter methadone
method meticulous metre mg microphone microsoft microwave mid middle midnight midwife midwifery migraine mile milk
mill million min mind mindful mindfulness mineral mini minimal minimum minor mins minute mirror mirtazapine miserable
mislaid mislead misled misses mist mistake misty ml mobile mobility mock mode model modern module moist mole mom
moment mon monday money monitor monkey monster month monthly mood moody morning morphine mother motivate motor mould
mountain mouse mouth move mow mri mud muddy mug multi multiple mum mum's mummy muscle museum mushroom music muslim
mustard mutual myth nail name named nan nanny nap narrow nasty nation native natural nature navigate neat necessary
neck need negative neglect negligence neighbor neighbour nephew nerve nervous nest net netflix network neuro
neurodivergent neurodiverse neurodiversity neurology neutral new newborn newly-qualified news newsletter newspaper
next nice nicotine niece night nightmare nightshift nightwear nine noble nod noise noisy noodle noon nope normal north
nose nostalgia nosy note notebook notes nothin notice noticeboard notify nov november nowadays nowt nuffin nuisance
numb number numerous nursery nursing nurture nurturing nut nuthin nutrition nutty oak oath oats object objective
obnoxious observe obsess obsession obstacle obstetric obstruct obtain obvious occasion occupation occupational occupy
occur ocean oct october odd offence offend offensive offer office officer officious offline oil oily olanzapine old
older ombudsman omg on-call one-to-one ongoing onion online op opaque open opera operate operation opinion opportunity
oppose ops opt optician option oral orange orchestra order organic organisation organise organize origin original
orthopaedic ots outbreak outcome outdoor outfit outing outlet outlook outpatient outpatients outreach outstanding oven
overall overcame overcrowded overdose overlook overnight oversee overwhelm overwhelmed overwhelming overworked owe owl
owner owt oxygen oyster pace pack package paddle padlock paediatric paediatrician page paid pain painful paint pair
pakistani palace pancake pandemic panel panic panicky paper paracetamol parade paragraph paramedic paranoia paranoid
parcel parent park parking parkinson parliament parrot parsley part partial participant participate particular partner
pass passion passionate past pasta paste pastry pasture patch path pathetic pathway patience patient patio patronise
patronising pattern pause pavement paw pay payment payroll pea peace peaceful peach peanut pear peel peer peg pen
penalty pencil pension people pepper perceive percent perception perfect perform performance perfume perinatal period
permanent permission permit persist person personal personality perspective pester pet petrol pharmacist pharmacy
phase phenomenal phobia phone phoned phrase physical physically physician physio physiotherapist physiotherapy piano
pick picky picnic picture pie piece pier pig pigeon pile pill pillow pilot pinch pine pint pipe pistol pit pitch pity
pizza place plain plan planet plank planned plant plaque plaster plastic plate platform play player playful playground
playstation pleasant pleasantly pleased pleasure plenty plot pls plug plumber plunge plz pm pocket podcast podiatrist
podiatry poem poet point poison pole police policeman policy polish polite pollution pond pony pool poor poorly pop
popular porch pork porridge portion portrait position positive positivity possibility possible post post-natal
postcode poster postnatal potato potential pottery pound powder practical practice practise practitioner praise pray
prayer preach precise prefer preference pregnancy pregnant premature prematurely premises prepare prescribe prescriber
prescription presence present press pressure pretend pretty prevent previous price pricey pride priest primary prince
princess principal principle print printer prior prioritise priority prison privacy private prize proactive probable
probably problem procedure proceed process produce product profession professional professionalism profile profit
profound program programme progress progressive project projector promise promote prompt proper property propose
prosper protect protection proud prove proven proverb provide province provision prune psychiatric psychiatrist
psychiatry psychological psychologist psychology psychosis psychotherapist psychotherapy psychotic pub public publish
pudding puddle pull pulled pulse pump pumpkin punch punctual punctuation punish punjabi pupil puppet puppy purchase
pure purple purpose purse push pushed pushy put pyjamas qualified qualify quality quarter queen quest question
questionnaire quetiapine queue quick quid quiet quilt quirk quit quiz quote r rabbit race racism racist racket
radiator radio radiology rag rail railing railway rain rainbow raincoat rainy raise rally ramadan ramp ran ranch
random rang range ransom rapid rapport rare rash raspberry rat rate ration raw razor re reach react read ready real
realise realistic reality realize reason reasonable reassurance reassure rebuild rec recall receipt receive recent
reception receptionist recipe recital recliner recognise recommend recommendation record recover recovery recruit
recycle red redirect reduce reed refer referee referral reflect reform refresh refund refuse refused regard regards
region register registrar regret regular regulate rehab rehabilitation rehearse reinforce reiterate reject relapse
relapsed relate relation relationship relative relax relaxation release relevant reliable relied relief relieve rely
remain remark remedy remember remind remorse remote remove renew renovate rental repair repay repeat repetitive
replace replacement reply report represent republic reputation request require reschedule rescue research resent
reserve resident residential resign resist resolution resolve resort resource respect respectful respiratory respite
respond response responsibility responsible responsive rest restaurant restore restrain restraint restrict restrictive
result retain retire retreat return reveal revenue review revise revolution reward rhythm ribbon rice rich rid ridden
riddle ride ridiculous rifle right ring rinse riot ripple rise risen risk risky risperidone rival river road roast
robe robot robotic rock rocket rocky rode role roll romanian roof room roomy root rope rose rota rotate rotten rough
round route routine row rowing royal rub rubbish rude rug ruin rule ruler rumour run rung rural rush rushed rusty sack
sacred sad saddle safe safeguard safety said sail salad salary sale salmon salon salt salty samaritans sample sand
sandal sandwich sang sank sarcasm sarcastic sat satisfaction satisfactory satisfy saturday sauce saucer sausage save
saved saw sawn say scale scan scare scared scarf scary scatter scent schedule scheme schizoaffective schizophrenia
school science scissors scold scooter scope score scottish scrap scratch scream screen script scruffy sculpture
seamless search seaside season seat seclusion second secondary secret section sector secure security sedate sedation
see seed seek seem seen seesaw segment seize seizure seldom select self selfish send senior sense sensible sensitive
sensory sent sentence sep separate sepsis sept september series serious sermon sertraline served service session set
settee settle seven severe sew sexual shabby shade shadow shake shaken shaky shallow shambolic shame shampoo share
sharp shave shed sheep sheet shelf shell shelter shepherd shield shift shine shingles shiny ship shirt shiver shock
shocking shoe shoelace shone shook shoot shop shore short shortage shot shoulda shoulder shout shouted shovel show
shower shown shrank shred shrub shrug shrunk shuffle shut shutter shy sibling sick side sigh sight sign signal
signpost signposted signposting sikh silence silent silk silky silly silver similar simple simply sincere sincerely
singer single sinister sink sip siren sister sit site situation six size sketch ski skill skilled skin skip skirt sky
skype slam slang sleep sleepy sleeve slept slice slid slide slight slim slip slipper slogan slope sloppy slot slow
slump small smart smell smelly smile smiled smoke smoky smooth smug snack snake snappy snooker snore snow soak soap
sober sobriety soccer social society sock sofa soft soggy soil solar sold soldier sole solicitor solid solo solution
solve somethin sometime son song soothe sore sorry sort soul sound soup sour source south souvenir space spade
spaghetti spare spark sparkle spat speak speaker special specialist specific specify spectacular spectrum sped speech
speed spell spend spent spice spicy spider spill spin spinach spirit spiritual spite splendid split spoilt spoke
spoken sponge sponsor spooky spoon sport spot sprang spray spread spring sprint square squash squeak squeeze
stabilisation stabilise stable stack stadium staff stage stain stair staircase stairwell stall stamp stand standard
stapler star start state statement station statue stay steady steal steam steamy steel steep stem stencil step stereo
stern steroid stew stick sticky stiff stigma stimulate sting stir stitch stitches stock stole stolen stomach stood
stool stop storage store storm stormy story stove straight straightforward strain strange stranger strap strategy
straw strawberry streak stream street strength strengthen stress stressful stretch stricken strict stripe stroke
stroll strong strove struck structure struggle strung stub stuck student studio study stuff stuffy stumble stung
stunning stunt stupid style subject submarine submit subscribe subtle suburb succeed success successful sudden suede
suffer sufficient sugar sugary suggest suggestion suicidal suicide suit suitable suitcase sum summary summat summer
sun sunday sung sunlight sunny sunrise sunshine super superb supermarket supervise supervision supper supply support
supportive suppose sure surf surface surgeon surgery surgical surname surplus surprise surround survey survive suspect
swam swap swear sweat sweater sweaty sweep sweet sweets swept swift swim swing switch switchboard sword swore sworn
swum swung syllable symbol sympathetic sympathy symptom syrup system ta table tablecloth tablet tackle tactful tactic
tail tailor take taken talk tambourine tan tangle tank tap tape target tart task taste tasty taught taxi tea teach
teacher team teams teapot tear tearful teary tease tech technical technician technique technology teen teenage
teenager telephone tell telly temper temperature temple temporary tempt ten tenant tend tended tennis tense tent term
terminal terrible terrific terrify test text texted texture theatre theme theory therapeutic therapist therapy
thermometer thick thief thin thing think third thirsty thirty tho thorn thorough thought thoughtful thousand thread
threat threaten three threw thrill thrive throat throw thrown thru thu thumb thunder thur thurs thursday thyroid tick
ticket tide tidy tie tiger tight til tile timber time timely timetable timing tiny tip tire tired tiring tissue title
toast toaster tobacco toddler toe toffee toilet told tolerate tomato ton tone tongue took tool toothbrush toothpaste
top topic torch tore torn torture total touch touchy tough tour tourette towel tower town toxic toy track tracksuit
tractor trade tradition traffic trailer train trained trainee trainer training tram trans transcript transfer
transform transgender transition translate translator transparent transport trap trash trauma traumatic traumatise
travel tray treasure treat treatment tree tremble tremendous trend triage triaged trial tribute trick tricky tried
trigger trim trip triumph trolley trophy tropical trouble trousers true trumpet trunk trust truth try tube tue tues
tuesday tuition tumble tumour tune tunnel turkey turn turtle tutor twelve twenty twice twin twist twitter two tying
type typical tyre u ugly ulcer ultimate ultra ultrasound umbrella unable unacceptable uncertain uncle unclear
uncomfortable underground understaffed understand understanding understood undertake unfair unfortunate unhappy
unhelpful uniform uninterested union unique unit unity universe university unknown unlock unlocked unpack unpleasant
unprofessional unreliable unsafe unsure untidy unwell upbeat update upgrade uphill upper upright upset upstairs ur
urdu urge urgent urine use used useful useless user usher using usual utensil utility utter vacancy vacation
vaccination vaccine vacuum vague valid validate valley valuable value valve van vanilla vape vaping variety various
vary vast vault vegan vegetable vegetarian vehicle veil velvet vendor ventilate venue verbal verdict verse version
vest veteran vibe vibrant victim victory video view village vine vinegar vintage vinyl violence violent violin virtual
virtue virus visible vision visit visitor visual vital vitamin vivid vocal voice volcano volume voluntary volunteer
vomit vote voucher voyage vs vulnerable wage waist wait waiter wake walk wall wallet wallpaper wander wanna want ward
wardrobe warehouse warm warmth warn warning warrior wary wash washing wasp waste watch water waterfall watery wave wax
way weak wealth wealthy wear weary weather website wed wedding wednesday weds weed week weekday weekend weekly weep
weight weighty weird welcome welcoming welfare well-being wellbeing wellness welsh went wept west whatsapp wheat wheel
wheelchair whilst whisper whistle white wick wider width wife wifi wig wild wildlife willing willow win window windy
wine wing winter wipe wire wise wish witness wizard wk wks wobbly woke woken wolf woman women won wonder wonderful
wonderfully wonky woody wool word wordy wore work workbook worker workforce workout workplace workshop workspace world
worm worn worry worse worship worst worth worthless worthwhile woulda wound wow wrap wreck wrestle wrinkle wrist write
written wrong wrongly wrote x-ray xbox xx xxx yacht yard yarn yay yeah year yearn yell yellow yep yoga yoghurt yogurt
young youth youtube yr yrs zebra zero zimmer zip zone zoo zoom`;
