import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createSigningSecret, signMessage } from '../../../src/syndication/webhooks/sign-message.ts';

describe('signMessage', () => {
  it('reproduces the vector that Standard Webhooks publishes', () => {
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signMessage(message, [secret], 1_614_265_330_000)).toEqual({
      'webhook-id': message.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is verified with each of its secrets, and with no other; nor is another body', () => {
    const secrets = [createSigningSecret(), createSigningSecret()];
    const body = '{"headline":"نص عربي 🗞"}';
    const headers = signMessage({ id: 'chg_1', body }, secrets, Date.now());
    for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(createSigningSecret()).verify(body, headers)).toThrow('No matching signature found');
    expect(() => new Webhook(secrets[0] ?? '').verify(`${body} `, headers)).toThrow('No matching signature found');
  });
});

describe('createSigningSecret', () => {
  it('gives 32 bytes at random, as libraries take them', () => {
    expect(createSigningSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(new Set(Array.from({ length: 50 }, createSigningSecret)).size).toBe(50);
  });
});
