import { describe, expect, it } from 'vitest';
import { readSettings } from '../../docs/examples/reader/read-settings.ts';

describe('readSettings', () => {
  it('starts a gateway and serves on this machine when told nothing, or nothing in many words', () => {
    const expected = { gatewayUrl: null, readerPort: 4001, readerUrl: null };
    expect(readSettings({})).toEqual({
      ...expected,
      gatewayVariables: { LOG_LEVEL: 'warn', TRUST_PROXY: '1', PORT: '4000' },
    });
    expect(readSettings({ GATEWAY_URL: '', GATEWAY_PORT: '', READER_PORT: '', READER_URL: ' ' })).toMatchObject(
      expected,
    );
  });

  it("hands a gateway of its own what is not the reader's, and its port under either name", () => {
    const { gatewayVariables } = readSettings({
      PORT: '5000',
      REDIS_URL: 'redis://x',
      LOG_LEVEL: 'info',
      READER_PORT: '1',
    });
    expect(gatewayVariables).toEqual({ PORT: '5000', REDIS_URL: 'redis://x', LOG_LEVEL: 'info', TRUST_PROXY: '1' });
    expect(readSettings({ PORT: '5000', GATEWAY_PORT: '6000' }).gatewayVariables).toMatchObject({ PORT: '6000' });
  });

  it('takes addresses without their last slash, a site as its origin', () => {
    expect(
      readSettings({ GATEWAY_URL: 'https://graph.example/base/', READER_URL: 'HTTPS://News.example:443/' }),
    ).toMatchObject({ gatewayUrl: 'https://graph.example/base', readerUrl: 'https://news.example' });
  });

  it.each([
    [{ GATEWAY_URL: 'localhost:4000' }, 'GATEWAY_URL'],
    [{ GATEWAY_URL: 'https://graph.example/?key=1' }, 'GATEWAY_URL'],
    [{ READER_URL: 'nonsense' }, 'READER_URL'],
    [{ READER_URL: 'https://news.example/site' }, 'READER_URL'],
    [{ READER_PORT: 'abc' }, 'READER_PORT'],
    [{ READER_PORT: '65536' }, 'READER_PORT'],
    [{ GATEWAY_PORT: '-1' }, 'GATEWAY_PORT'],
    [{ PORT: '4000.5' }, 'PORT'],
  ])('names what is wrong in %j', (environment, name) => {
    expect(() => readSettings(environment)).toThrow(new RegExp(`^${name} `));
  });
});
