package dev.longtail.topology;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.RandomStream;
import dev.longtail.topology.LayerTopology.Observation;
import dev.longtail.topology.RewireConfig.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * Growth among a few candidates of each index row, watched in the steps before a rewire: a sampled gradient oracle.
 * The gradient of a weight that does not exist is sum_i dScores[i] x[input][i]; it is computed for the candidates
 * only, never for all inputs. Where labels share an index row, a candidate's value is the sum of the magnitudes of
 * the labels' gradients over labels and steps; where a label has the row to itself, steps are added up with their
 * signs.
 */
final class CandidateGrowth implements Growth {

    /** Inputs that are drawn for each positive example; the one of largest magnitude is offered as a candidate. */
    private static final int DRAWN = 16;

    private final RewireSchedule schedule;
    private final GrowthConfig config;
    private final Policy policy;
    private final long seed;
    private final List<ShardGrowth> shards = new ArrayList<>();

    CandidateGrowth(RewireSchedule schedule, SparseLayer layer) {
        this.schedule = schedule;
        this.config = schedule.config().growth();
        this.policy = schedule.config().policy();
        this.seed = RandomStream.key(layer.seed(), 0, -2);
        for (SparseLayer.Shard shard : layer.shards()) {
            shards.add(new ShardGrowth(shard));
        }
    }

    @Override
    public boolean observes() {
        return true;
    }

    @Override
    public void observe(int shard, int label, Observation observation) {
        begin(observation.step(), shard);
        shards.get(shard).observe(label, observation);
    }

    @Override
    public int mostProposals() {
        return shards.get(0).candidates.count();
    }

    @Override
    public void begin(long step, int shard) {
        shards.get(shard).begin(schedule.window(step));
    }

    @Override
    public void held(int shard, int row) {
        if (policy == Policy.DST_EE) {
            shards.get(shard).held.add(row);
        }
    }

    @Override
    public int propose(long step, int shard, int row, int[] proposals) {
        return shards.get(shard).propose(step, row, proposals);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        for (int shard = 0; shard < shards.size(); shard++) {
            shards.get(shard).carry(name + "." + shard, state);
        }
    }

    /** What may grow in a shard. */
    Candidates candidates(int shard) {
        return shards.get(shard).candidates;
    }

    /** What is known of it. */
    CandidateGradients gradients(int shard) {
        return shards.get(shard).gradients;
    }

    /** Mean magnitude of the smoothed gradients of an index row, as of a step. */
    float momentum(int shard, int row, long step) {
        ShardGrowth growth = shards.get(shard);
        growth.begin(schedule.window(step));
        growth.gradients.decayTo(step, row);
        return growth.gradients.mean(row);
    }

    /** What is kept for one shard; used by one worker at a time. */
    private final class ShardGrowth implements Stateful {

        private final SparseLayer.Shard shard;
        private final FixedFanIn rows;
        private final Candidates candidates;
        private final CandidateGradients gradients;
        private final HeldCounts held;
        private final float[] scores;
        private long drawn = -1;

        ShardGrowth(SparseLayer.Shard shard) {
            this.shard = shard;
            this.rows = shard.rows();
            boolean watches = policy != Policy.SET;
            float smoothing = policy == Policy.MOMENTUM ? config.smoothing() : 0;
            boolean offers = config.source() == GrowthConfig.Source.POSITIVES;
            candidates = new Candidates(rows, config.candidates(), offers);
            gradients = new CandidateGradients(watches ? rows.indexRows() : 0, candidates.count(), smoothing);
            held = new HeldCounts(policy == Policy.DST_EE ? rows : new FixedFanIn(0, 1, 1));
            scores = new float[candidates.count()];
        }

        /** Draws the candidates of a window where that has not been done. */
        void begin(long window) {
            if (drawn != window) {
                drawn = window;
                candidates.draw(seed, window, shard.firstIndexRow());
                gradients.clear();
            }
        }

        @Override
        public void carry(String name, StateCarrier state) {
            drawn = state.number(name + ".window", drawn);
            candidates.carry(name + ".candidates", state);
            gradients.carry(name + ".gradients", state);
            held.carry(name + ".held", state);
        }

        void observe(int label, Observation seen) {
            int row = label / rows.group();
            if (config.source() == GrowthConfig.Source.POSITIVES) {
                offerPositives(row, seen);
            }
            if (policy == Policy.SET) {
                return;
            }
            gradients.decayTo(seen.step(), row);
            Panel x = seen.x();
            for (int candidate = 0; candidate < candidates.count(); candidate++) {
                int at = x.at(candidates.inputOf(row, candidate) * seen.batch());
                float gradient = Vectors.dot(seen.dScores(), 0, x.values(), at, seen.batch());
                gradients.add(row, candidate, rows.group() == 1 ? gradient : Math.abs(gradient));
            }
        }

        private void offerPositives(int row, Observation seen) {
            for (int example = 0; example < seen.batch(); example++) {
                if (seen.targets()[example] > 0) {
                    long place = (long) shard.firstIndexRow() + row;
                    long key = RandomStream.key(seed, place, seen.step() * seen.batch() + example);
                    int candidate = candidates.offer(row, largestOfDrawn(seen, example, key), RandomStream.mix(~key));
                    if (candidate >= 0 && policy != Policy.SET) {
                        gradients.clear(row, candidate);
                    }
                }
            }
        }

        /** Of a few inputs drawn, the one of largest magnitude in an example. */
        private int largestOfDrawn(Observation seen, int example, long key) {
            int best = 0;
            float largest = -1;
            for (int i = 0; i < DRAWN; i++) {
                int input = (int) Long.remainderUnsigned(RandomStream.mix(key + i), rows.inputs());
                float magnitude = Math.abs(seen.x().values()[seen.x().at(input * seen.batch() + example)]);
                if (magnitude > largest) {
                    largest = magnitude;
                    best = input;
                }
            }
            return best;
        }

        int propose(long step, int row, int[] proposals) {
            for (int candidate = 0; candidate < candidates.count(); candidate++) {
                int input = candidates.inputOf(row, candidate);
                float score = score(step, row, candidate, input);
                int at = candidate;
                for (; at > 0 && scores[at - 1] < score; at--) {
                    scores[at] = scores[at - 1];
                    proposals[at] = proposals[at - 1];
                }
                scores[at] = score;
                proposals[at] = input;
            }
            return candidates.count();
        }

        private float score(long step, int row, int candidate, int input) {
            return switch (policy) {
                case RIGL, MOMENTUM -> Math.abs(gradients.at(row, candidate));
                case DST_EE -> {
                    // DST-EE (Huang et al. 2023, eq. 2): |gradient| + c ln(t) / (N + epsilon), here with epsilon 1
                    float gradient = Math.abs(gradients.at(row, candidate)) / schedule.observed();
                    yield (float) (gradient + config.exploration() * Math.log(step) / (held.of(row, input) + 1));
                }
                default -> 0; // in the order of the candidates, those from positives first
            };
        }
    }
}
