import type { WordClasses } from './phrases.ts';

/** Words that the lists of risk phrases name with an `@`. A class may name others. */
export const classes: WordClasses = {
  self: 'myself|himself|herself|themselves|themself|yourself|yourselves|ourselves|oneself|meself|mysen|myslef|mysef|self',
  pronoun: 'me|him|her|them|us|you|someone|somebody|anyone|anybody|everyone|everybody',
  family:
    'mum|mam|mother|dad|father|stepdad|stepmum|stepfather|stepmother|son|daughter|brother|sister|husband|wife|partner|boyfriend|girlfriend|ex|uncle|aunt|auntie|cousin|nan|nana|gran|grandma|grandad|grandmother|grandfather|kid|kids|child|children|baby|family|neighbour|neighbours|friend|mate',
  staff:
    'staff|nurse|nurses|doctor|doctors|dr|carer|carers|manager|worker|workers|therapist|psychiatrist|hca|guard|consultant|receptionist|police|porter|bank|agency',
  person:
    '@pronoun|@family|@staff|people|patient|patients|resident|residents|man|men|woman|women|lady|ladies|girl|girls|boy|boys|lad|lot|others',
  harm: 'kill|kills|killed|killing|kil|kiling|hurt|hurts|hurting|harm|harms|harmed|harming|cut|cuts|cutting|burn|burns|burned|burning|burnt|hang|hanging|hanged|hung|drown|drowned|drowning|shoot|shooting|shot|stab|stabbing|starve|starved|starving|top|topping|topped|punish|punishing|poison|poisoning|od|end|ending|injure|injuring|scratch|scratching|bite|biting|electrocute|suffocate|strangle|choke|hit|hitting|punch|punching|overdose',
  attack:
    'kill|kills|killed|killing|murder|murders|murdered|murdering|stab|stabs|stabbed|stabbing|strangle|strangles|strangled|strangling|choke|chokes|choked|choking|shoot|shooting|hurt|hurts|hurting|harm|harms|harmed|harming|punch|punches|punched|punching|kick|kicks|kicked|kicking|slap|slaps|slapped|slapping|hit|hits|hitting|beat|beats|beaten|beating|attack|attacks|attacked|attacking|assault|assaults|assaulted|assaulting|smack|smacks|smacked|smacking|throttle|batter|battered|headbutt|headbutted|grab|grabs|grabbed|grabbing|shove|shoves|shoved|drag|drags|dragged|rape|rapes|raped|raping|grope|gropes|groped|groping|molest|molests|molested|bite|bites|bit|bitten|burns|burned|bash|bashed|bashes|knifed|thump|thumps|thumped|whack|whacked|pinned|manhandle|manhandled|stalk|stalks|stalked|stalking|drown|drowned|poison|poisons|poisoned|poisoning|smother|smothered|suffocate|suffocated|torture|tortured|spit|spat|push|pushes|pushed|pushing|pinch|pinches|pinched|throw|threw|thrown|shake|shakes|shook|drug|drugged|stripped|slam|slammed|barge|barged|jump|jumped|twisted',
  attacked:
    'hit|punched|kicked|slapped|smacked|beaten|battered|attacked|assaulted|stabbed|strangled|choked|shoved|groped|molested|raped|bitten|hurt|harmed|bullied|pinned|dragged|manhandled|trafficked|stalked|groomed|abused|poisoned|tortured|blackmailed|exploited|harassed|jumped|mugged|thumped|starved|drugged|spiked|pushed|stripped|thrown|restrained|secluded',
  pills:
    'pill|pills|tablet|tablets|meds|medication|medicine|paracetamol|ibuprofen|codeine|insulin|aspirin|morphine|diazepam|antidepressants|painkillers|sleepers',
  many: 'all|many|lots|load|loads|bunch|handful|handfuls|box|boxes|packet|packets|pack|packs|bottle|bottles|whole|entire|several|stash|number',
  body: 'arm|arms|leg|legs|wrist|wrists|thigh|thighs|throat|vein|veins|forearm|forearms|skin|neck|stomach|hand|hands',
  weapon:
    'knife|knives|gun|guns|machete|machetes|weapon|weapons|blade|blades|razor|razors|sword|axe|hammer|bat|crowbar|acid',
  height:
    'bridge|roof|building|train|trains|window|lorry|platform|balcony|cliff|tracks|ledge|multistorey|motorway|bypass|traffic|bus|tram|car|cars|lorries',
  not: 'not|no|never|dont|didnt|doesnt|isnt|arent|wasnt|werent|wont|wouldnt|cant|cannot|couldnt|aint|nothing|longer|without',
  anymore: 'anymore|more|longer|any|much',
};
