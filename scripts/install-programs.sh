#!/bin/bash
# Installs the Debian packages named as arguments, starting no service and creating no database cluster.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

# Debian asks this file whether a freshly installed service may start; 101 says no.
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.d/masthead-test.conf
added=("$cluster")

clean_up() { rm -f "${added[@]}"; }
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [[ ! -e $policy ]]; then
  added+=("$policy")
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
mkdir -p "$(dirname "$cluster")"
echo 'create_main_cluster = false' >"$cluster"

# Lists that cannot be refreshed may still be good enough; the installation decides.
apt-get -o Acquire::Retries=3 update </dev/null || echo 'The package lists could not be refreshed.'
apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef \
  -o Dpkg::Options::=--force-confold install -y --no-install-recommends "$@" </dev/null
