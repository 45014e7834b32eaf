import type { LanguagePhrases } from './phrases.ts';

export const german: LanguagePhrases = {
  topics: {
    rad: {
      sentences: [
        'Heute {strecke} gefahren. {wetter}, aber {trost}. #Fahrrad',
        'Plattfuß bei {strecke}. Flickzeug dabei, Laune auch: {trost}.',
        'Gegenwind auf dem Hinweg, Gegenwind auf dem Rückweg. {wetter}.',
        'Ein neuer Radweg am {ort}! {trost}.',
        'Am {ort} hat mir jemand die Kette gerettet. {trost}.',
      ],
      gaps: {
        strecke: [
          '22 Kilometer',
          'bis zum See und zurück',
          'einmal um die Stadt',
          '70 Kilometer mit Gepäck',
          'nur zum Bäcker',
        ],
        wetter: ['Nieselregen', 'Sonne von der ersten Minute', 'Sturm aus allen Richtungen', 'Kalt wie im Kühlschrank'],
        trost: [
          'am Ende gab es Kuchen',
          'ich würde es wieder tun',
          'die Störche waren da',
          'niemand hat gehupt',
          'es war trotzdem schön',
        ],
        ort: ['Bahnhof', 'Deich', 'Kanal', 'Rathaus', 'alten Gaswerk'],
      },
    },
    garten: {
      sentences: [
        '{gemuese}: {menge} geerntet, {menge2} verschenkt. #Garten',
        'Die Schnecken haben {gemuese} entdeckt. Wir reden nicht darüber.',
        'Gepflanzt: {gemuese}. Gehofft: viel. Gegossen: {menge2}.',
        'Der Nachbar meint, {gemuese} brauche mehr Schatten. Der Nachbar hat {menge} davon.',
        'Regen! {gemuese} und ich stehen draußen und freuen uns.',
      ],
      gaps: {
        gemuese: ['Mangold', 'der Kürbis', 'Zucchini', 'Grünkohl', 'die Tomate', 'Rhabarber', 'Knoblauch'],
        menge: ['drei Körbe', 'eine Schubkarre', 'genau ein Stück', 'ein Kilo'],
        menge2: ['das meiste', 'die Hälfte', 'zwei Kannen', 'mehr als nötig'],
      },
    },
    stadt: {
      sentences: [
        'Im {ort} gehört: „{satz}“',
        'Die Straßenbahn hält wieder am {ort2}. Kleine Dinge. #Nahverkehr',
        'Schach im Park: verloren gegen {wer}. Am Ende sagte er nur: „{satz}“',
        'Probe heute im {ort}. Danach {danach}.',
        'Sonntag, {ort2}, kein Mensch, nur {wer}. So mag ich die Stadt.',
      ],
      gaps: {
        ort: ['Kaffeehaus', 'Treppenhaus', 'Lesesaal', 'Nachtbus', 'Hallenbad'],
        ort2: ['Marktplatz', 'Hafen', 'Südbahnhof', 'Stadtpark'],
        satz: [
          'Das wird schon.',
          'Früher war der Kuchen größer.',
          'Man müsste mal wieder ans Meer.',
          'Ich bin nur kurz hier, seit acht Jahren.',
        ],
        wer: ['einen Neunjährigen', 'Herrn Petersen, 84', 'einen sehr ruhigen Hund', 'zwei Krähen'],
        danach: ['Suppe', 'noch einmal von vorn', 'alle zusammen ins Kino', 'zu Fuß nach Hause'],
      },
    },
    kueche: {
      sentences: [
        '{gericht}, dritter Versuch: {urteil}. #Küche',
        'Wer {gericht} ohne {zutat} macht, hat noch nie Besuch bekommen.',
        'Heute für sechs gekocht: {gericht}. Übrig: nichts. {urteil}.',
        'Geheimnis meiner Tante: {zutat}. In {gericht}. Immer.',
      ],
      gaps: {
        gericht: ['Knödel', 'Linsensuppe', 'Apfelstrudel', 'Kartoffelsalat', 'Rösti', 'Grießbrei'],
        urteil: ['endlich', 'fast', 'besser als im Wirtshaus', 'die Nachbarn klopfen schon'],
        zutat: ['Majoran', 'Essig', 'einen Apfel', 'braune Butter', 'Muskat'],
      },
    },
  },
  replies: [
    'Sehr schön!',
    'Genau so ist es.',
    'Das probiere ich am Wochenende.',
    'Gibt es ein Foto?',
    'Haha, kenne ich.',
    'Da möchte ich auch hin.',
    'Danke, das hat meinen Tag gerettet.',
    'Bei uns war es genau umgekehrt.',
    'Erzähl, wie es weitergeht!',
    'Mehr davon, bitte.',
  ],
  quotes: [
    'Besser kann man es nicht sagen.',
    'Für alle, die gestern gefragt haben:',
    'Kleine Freude des Tages:',
    'Das gehört gerahmt.',
    'Lesen, nicken, weitersagen.',
  ],
};
