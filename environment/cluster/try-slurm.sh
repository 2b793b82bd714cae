#!/bin/bash
# Tries sweep.sbatch against a real Slurm: one controller and two node daemons on this machine, all started and ended here,
# with a key and folders of their own. One node is killed while it works on its part; the other one takes it over. The
# merged CSV must be the unsharded one, byte for byte.
# Usage: environment/cluster/try-slurm.sh   as root, with Debian's slurm-wlm and munge installed
# Exit codes: 0 equal; 1 not, or it did not end; 69 something needed is missing.
set -u
home=$(cd -P -- "$(dirname -- "$0")/../.." && pwd -P)
for tool in munged slurmctld slurmd sbatch squeue scontrol; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null || { echo "no $tool: apt-get install slurm-wlm munge" >&2; exit 69; }
done
[ "$(id -u)" -eq 0 ] || { echo 'node daemons start jobs as other users: run this as root' >&2; exit 69; }
PATH=$PATH:/usr/sbin
tmp=$(mktemp -d "${TMPDIR:-/tmp}/stillpoint-slurm.XXXXXX") || exit 69
chmod 755 "$tmp"
own='' # processes of this script, ended by their numbers
finish() {
    for pid in $own $(cat "$tmp"/pid.* 2>/dev/null); do kill "$pid" 2>/dev/null; done
    sleep 1
    for pid in $own $(cat "$tmp"/pid.* 2>/dev/null); do kill -9 "$pid" 2>/dev/null; done
    [ -n "${KEEP-}" ] && echo "kept: $tmp" || rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 130' INT TERM
fail() { echo "FAILED  $*"; tail -n 20 "$tmp"/*.log 2>/dev/null; exit 1; }
free_port() { # two processes of one script do not ask at once, so that a port that is free stays so
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
}
cd -- "$home" || exit 69
./stillpoint build || exit 69

# --- munge and Slurm of our own ----------------------------------------------------------------------------
dd if=/dev/urandom of="$tmp/munge.key" bs=128 count=1 2>/dev/null && chmod 600 "$tmp/munge.key"
mkdir -m 755 "$tmp/munge" && mkdir -p "$tmp/state" "$tmp/spool-one" "$tmp/spool-two"
munged --foreground --force --socket="$tmp/munge/socket" --key-file="$tmp/munge.key" --num-threads=2 --pid-file="$tmp/munge/pid" \
    --log-file="$tmp/munged.log" --seed-file="$tmp/munge/seed" 2>>"$tmp/munged.out" &
own="$own $!"
free_port; controller=$port
free_port; one=$port
free_port; two=$port
cat >"$tmp/slurm.conf" <<END
ClusterName=trial
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$controller
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$tmp/munge/socket
CredType=cred/munge
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool-%n
SlurmctldPidFile=$tmp/pid.controller
SlurmdPidFile=$tmp/pid.%n
SlurmctldLogFile=$tmp/controller.log
SlurmdLogFile=$tmp/node-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
ReturnToService=2
SlurmdTimeout=10
MessageTimeout=10
KillWait=5
MinJobAge=600
SlurmdParameters=config_overrides
NodeName=one NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$one CPUs=1
NodeName=two NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$two CPUs=1
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$tmp/slurm.conf
sleep 1
slurmctld -D -c >"$tmp/controller.out" 2>&1 &
own="$own $!"
slurmd -D -N one >"$tmp/one.out" 2>&1 & first=$!
slurmd -D -N two >"$tmp/two.out" 2>&1 & second=$!
own="$own $first $second"
for _ in $(seq 60); do
    [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" -eq 2 ] && break
    sleep 1
done
sinfo -N
[ "$(sinfo -h -N -t idle -o %N | wc -l)" -eq 2 ] || fail 'the two nodes did not come up'

# --- the sweep, in four parts ------------------------------------------------------------------------------
printf '%s\n' --designs "${DESIGNS:-D6,D8,D10}" --cpus "${CPUS:-1..1024*2}" --replications "${REPLICATIONS:-60}" >"$tmp/words"
mapfile -t words <"$tmp/words"
mkdir "$tmp/out"
job=$(STILLPOINT=$home SWEEP_OUT=$tmp/out SWEEP_WORDS=$tmp/words \
    sbatch --parsable --array=1-4 --chdir="$tmp/out" --export=ALL environment/cluster/sweep.sbatch) || fail 'sbatch'
points() { grep -c ',latency,' "$tmp/out/shard-$1.csv.part" 2>/dev/null || true; }
node_of() { squeue -h -j "${job}_$1" -t R -o %N 2>/dev/null; }
for _ in $(seq 300); do # until node two is in the middle of a part
    victim=''
    for part in 1 2 3 4; do [ "$(node_of $part)" = two ] && [ "$(points $part)" -ge 2 ] 2>/dev/null && victim=$part; done
    [ -n "$victim" ] && break
    sleep 0.2
done
[ -n "$victim" ] || fail 'node two never was in the middle of a part'
before=$(points "$victim")
# A node that dies takes all with it: its daemon, the step that watches the job, and the job.
work=$(pgrep -f -- "--out $tmp/out/shard-$victim.csv" | head -n 1)
step=$(ps -o ppid= -p "$work" | tr -d ' ')
case $(ps -o args= -p "$step") in slurmstepd*) ;; *) fail "the parent of $work is not the step of a job" ;; esac
kill -9 "$second" "$step" "$work"
echo "killed node two with part $victim after $before of its points"
for _ in $(seq 600); do
    [ -z "$(squeue -h -j "$job" 2>/dev/null)" ] && break
    [ "${shown-}" = "$(squeue -h -r -j "$job" -o '%K %T %N %r' | tr '\n' ';')" ] || {
        shown=$(squeue -h -r -j "$job" -o '%K %T %N %r' | tr '\n' ';'); echo "queue: $shown"; }
    sleep 1
done
[ -z "$(squeue -h -j "$job")" ] || fail 'the parts did not end'
sinfo -N
grep -hE "requeue|Requeue" "$tmp/controller.log" | head -n 5

# --- the whole -----------------------------------------------------------------------------------------------
./stillpoint merge "$tmp/out/merged.csv" "$tmp"/out/shard-?.csv || fail 'the parts do not make one whole'
./stillpoint sweep "${words[@]}" --out "$tmp/out/whole.csv" 2>/dev/null || fail 'the unsharded sweep'
cmp "$tmp/out/merged.csv" "$tmp/out/whole.csv" || fail 'the merged CSV is not the unsharded one'
echo "equal: $(wc -c <"$tmp/out/whole.csv") bytes, $(tail -n 1 "$tmp/out/whole.csv")"
