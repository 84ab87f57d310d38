/**
 * The commonest little words of languages, by ISO 639-1 code: they make up a third of nearly any text, and tell its
 * language. Bosnian, Croatian and Serbian are one here, and so are Indonesian and Malay: they share most of them.
 * Single Latin letters are left out: they are names in formulas and lists.
 */
export const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is that it for was on are as with they at be this from have or by had not but what all were when we there can an your which their if will about how up out them then she some so these would into has more her him could no than been its who my only may you he do does',
  es: 'de la que el en los se del las un por con no una su para es al lo como más pero sus le ya este porque esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos durante todos uno les ni otros ese eso ante ellos esto antes otro otra él estos puede pueden son ser ha fue está si',
  pt: 'de que do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre sem mesmo aos seus quem nas esse eles estão você foram essa num nem suas às pelos são pode podem este esta',
  fr: 'de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont cette ou avec son mais comme on tout nous sa été aussi leur bien peut ces vous elle même ils si sans être avoir ont entre après leurs cela était très où donc je qu aux votre',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn kann ihre seine unter wir ich diese dieser können sehr',
  it: 'di il la che in per un del non una le con si da come al dei sono della anche più su nel alla gli ha lo delle se nella ma ai loro questo questa dal essere può tra hanno perché quando stato suo sua tutti molto dalla cui degli nei ogni dopo senza così ci',
  nl: 'de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij nog uit door over naar worden heeft hun ze hij werd wordt kan meer deze of je was tot wel geen we kunnen dit zich moet veel omdat waar haar ik wat hoe',
  ca: 'de la el que en els les un per una del amb no es és al se com més però dels seu seva són ha aquest aquesta també fins entre quan molt sense sobre hi pot va si ho tot us cal',
  ro: 'de și în la cu pe care este nu un din să pentru se mai ce au fi că prin sau sunt al ale lui ei dar dacă după ca fost sa poate această acest fără între cum ar prea ați',
  sv: 'och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när man ska eller nu också hade under efter vara alla sin bara mycket här där skulle kunna denna detta vid mot över du',
  da: 'og at det er en til på som af for med den de ikke der har et om var han men jeg sig fra vi så kan når man skal eller nu også havde efter være alle sin kun meget her blev ved mod over denne dette hvis du',
  nb: 'og det som er en til på av for med den de ikke har et om var han men jeg seg fra vi så kan når man skal eller nå også hadde etter være alle sin bare mye her ble ved mot over denne dette hvis du',
  fi: 'ja on ei se että en hän oli kun mutta ovat myös tai mitä niin ole kuin sen jos voi olla vain joka ne tämä sitä hänen minä sinä nyt mukaan sekä jotka kanssa tässä siitä ennen koska kuten voidaan eivät voit eikä vaan kaikki vielä sitten jossa tulee pitää nämä tätä heidän oma mikä jota',
  pl: 'na do się nie że to jest jak za po ale od przez dla są czy tym które który co przy ma tak może być już jego oraz tylko ze lub jej gdy która ich te ten tego jeśli aby był była było nad pod we nim bez więc jednak nas go niż gdzie więcej',
  cs: 'se na je že do to ve pro jako by jsou ale po od při které který za si už jeho nebo podle aby jen také než může jak která co být bylo není tak pokud ze',
  sk: 'sa na je že do to aj vo pre ako by sú ale po od pri ktoré ktorý za si už jeho alebo podľa aby len tiež než môže ktorá čo byť bolo nie tak ak zo',
  hr: 'je se na da za su od ne kao iz koji to što ili ali ako bi po koja koje biti može te nije samo sve do već kada sa ovaj ova',
  hu: 'az és hogy nem is egy van ez meg de ha csak már volt még mint vagy azt el ki be fel azonban után kell lehet ezt aki amely minden között által akkor én így ezek pedig valamint arra erre sem itt ott mindig nagyon ezért mert szerint hogyan',
  tr: 've bir bu için da de ile olarak daha en çok olan gibi kadar sonra ne ise var ya her olduğu değil ancak veya ama tarafından içinde göre nasıl böyle şey bunu eğer biz siz ki bunun üzerinde hem bazı kendi önce',
  id: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih telah atau oleh seperti dapat adalah kami kita anda sebagai bahwa jika boleh',
  vi: 'và của là có được cho trong không các với một những người để này khi đã từ đến như cũng về ra nhiều vào sẽ tôi bạn thì hoặc nếu',
  ru: 'и в не на что с он как это по но из у за от для же так все бы о его я к а или только есть мы они если может при уже быть было когда вы',
  uk: 'і в не на що з як це до та за у але від для є а його про або так він вони бути може якщо ми при також те всі був коли ви щоб',
  bg: 'и в на не се да е за от с са по че като но ще или това които има до който те може към би ако си',
  sr: 'и у је се на да за су од с не о као из који то што или али ако би по која које може нису сам ће',
  ar: 'في من على أن إلى عن هذا هذه التي الذي كان مع لا ما أو كل كما بعد بين هو هي قد لم إن يمكن',
  fa: 'و در به از که این را با است برای آن یک خود تا بر هم شد می اگر شما باید های',
  ur: 'کے میں کی ہے اور سے کا کو نے اس پر یہ ہیں کہ ایک بھی تو ہو کر',
};
