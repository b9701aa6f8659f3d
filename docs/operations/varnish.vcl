vcl 4.1;

# Masthead behind Varnish, purged by key: CDN_PURGE_URL=http://varnish.internal:6081/purge-keys
# Needs the module xkey (Debian: varnish-modules). Without it: varnish-bans.vcl.

import std;
import xkey;

backend default {
  .host = "127.0.0.1";
  .port = "4000";
}

# Where the gateways run. They send what stands in CDN_PURGE_TOKEN too, if an address is not enough.
acl gateways {
  "127.0.0.1";
  "::1";
}

sub vcl_recv {
  if (req.method == "POST" && req.url == "/purge-keys") {
    if (client.ip !~ gateways) {
      return (synth(403));
    }
    set req.http.X-Purged = xkey.purge(req.http.Surrogate-Key);
    return (synth(200, "Purged " + req.http.X-Purged));
  }
  # What one caller may have is not for the others.
  if (req.http.Authorization || req.http.X-Api-Key) {
    return (pass);
  }
}

sub vcl_backend_response {
  # Nothing is sent past its life: it ends where an embargo or an expiry begins.
  set beresp.grace = 0s;
  if (beresp.http.CDN-Cache-Control ~ "max-age=[0-9]+") {
    set beresp.ttl = std.duration(regsub(beresp.http.CDN-Cache-Control, "^.*max-age=([0-9]+).*$", "\1s"), 0s);
    set beresp.http.xkey = beresp.http.Surrogate-Key;
  } else {
    # The gateway names no keys for it: it could not be purged, so it is not kept.
    set beresp.uncacheable = true;
    set beresp.ttl = 1s;
  }
}

sub vcl_deliver {
  unset resp.http.xkey;
  unset resp.http.Surrogate-Key;
  unset resp.http.CDN-Cache-Control;
}
