import type { LanguagePhrases } from './phrases.ts';

export const portuguese: LanguagePhrases = {
  topics: {
    vida: {
      sentences: [
        'Hoje {coisa}. {fecho}',
        'Café coado, {coisa2} e nenhuma pressa. {fecho}',
        'Na fila {lugar}, uma senhora me contou a vida inteira. {fecho}',
        'Terminei {obra}. Só falta gostar.',
        'A chuva chegou {destino} antes de mim. {fecho}',
      ],
      gaps: {
        coisa: [
          'cheguei cedo ao comboio',
          'consertei a máquina de costura',
          'os alunos me ensinaram uma gíria nova',
          'a bicicleta não furou',
        ],
        coisa2: ['pão na chapa', 'rádio baixinho', 'uma carta à mão', 'janela aberta'],
        lugar: ['da padaria', 'do mercado', 'da biblioteca', 'do posto'],
        destino: ['à padaria', 'ao mercado', 'à aula'],
        fecho: ['Dia bom.', 'Amanhã tem mais.', 'Guardei para contar aqui.', 'Pequenas vitórias.'],
        obra: ['um casaco de retalhos', 'a parede da cozinha', 'um poema curto', 'um vestido azul'],
      },
    },
    musica: {
      sentences: [
        'Ensaio {quando}: {tema}. {nota} #música',
        'Achei {disco} na feira. {nota}',
        'Meu vizinho toca {tema} todo dia às seis. {nota}',
      ],
      gaps: {
        quando: ['na garagem', 'de quinta', 'com chuva', 'sem o baterista'],
        tema: ['um fado lento', 'aquele choro', 'um maracatu', 'a mesma valsa'],
        disco: ['um vinil de 1972', 'uma fita sem nome', 'um samba raro'],
        nota: ['Arrepiou.', 'Desafinei com orgulho.', 'Ouvi três vezes.', 'Faltou só dançar.'],
      },
    },
    praia: {
      sentences: [
        'Mar {estado} hoje. {cena} #praia',
        'Aula na areia: {cena}',
        'Onda de meio metro e alegria de dois. {cena}',
        'Vento {vento}, mar {estado}. Fiquei só olhando.',
      ],
      gaps: {
        estado: ['liso', 'mexido', 'cor de chá', 'gelado', 'perfeito para crianças'],
        cena: [
          'Uma tartaruga passou por nós.',
          'Contamos sete barcos.',
          'O cachorro surfou melhor que eu.',
          'Levei areia para casa, como sempre.',
        ],
        vento: ['sul', 'de lado', 'nenhum', 'teimoso'],
      },
    },
  },
  replies: [
    'Que lindo!',
    'É isso.',
    'Ri sozinha aqui.',
    'Tem foto?',
    'Quero ir também.',
    'Aconteceu igual comigo.',
    'Obrigado por contar.',
    'E depois?',
    'Anotado.',
    'Saudade disso.',
  ],
  quotes: ['Melhor frase do dia:', 'Sem mais.', 'Era disso que eu falava.', 'Para ler com café:', 'Assino embaixo.'],
};
