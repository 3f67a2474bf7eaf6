// Sends personalised messages through nodemailer's pool, as its documentation says for bulk mail, and prints the seconds it took.
// Usage: node send.js PORT MESSAGES CONNECTIONS [RSA-KEY.pem]
'use strict';
const fs = require('node:fs');
const nodemailer = require('nodemailer');

const [port, messages, connections, key] = process.argv.slice(2);
const sentence = 'The harbour bridge, closed since spring, reopens to all traffic on Monday morning. ';
const filler = {
  text: (sentence + '\n').repeat(72),
  html: ('<p>' + sentence + '</p>\n').repeat(378),
};

const transport = nodemailer.createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
  dkim: key && { domainName: 'news.example.org', keySelector: 'rsa', privateKey: fs.readFileSync(key, 'utf8') },
});

async function worker(next) {
  for (let number = next(); number <= Number(messages); number = next()) {
    const address = `r${number}@example.org`;
    await transport.sendMail({
      from: 'Example Newsroom <news@news.example.org>',
      to: address,
      subject: 'Example News: 1 new',
      list: { unsubscribe: { url: `https://news.example.org/u/${number}` } },
      text: `Dear ${address}\n${filler.text}`,
      html: `<html><body><p>Dear ${address}</p>\n${filler.html}</body></html>\n`,
    });
  }
}

(async () => {
  let number = 0;
  const started = process.hrtime.bigint();
  // Twice as many askers as connections, so that the pool never waits for the next message.
  await Promise.all(Array.from({ length: Number(connections) * 2 }, () => worker(() => ++number)));
  console.log(Number(process.hrtime.bigint() - started) / 1e9);
  transport.close();
})();
