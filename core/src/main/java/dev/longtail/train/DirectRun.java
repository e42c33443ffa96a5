package dev.longtail.train;

import dev.longtail.direct.DirectTraining;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run while its direct arm learns: the finished embedding arm in the form in which it is stored, what the epochs
 * brought, and the labels that are done. The association arm is counted anew where a run is taken up.
 */
final class DirectRun implements Stateful, DirectStage.Progress {

    private final LabelModel model;
    private final Checkpoints checkpoints;
    private Optional<StateCarrier> kept;
    private Optional<FewIds> gathered;
    private List<EpochReport> reports;
    private DirectTraining.@Nullable Run run;

    /**
     * @param kept what the run is brought to where it was with, the model being in the form in which it is stored
     * @param gathered candidates of each training example that the last epoch has left
     */
    DirectRun(
            LabelModel model,
            Checkpoints checkpoints,
            Optional<StateCarrier> kept,
            Optional<FewIds> gathered,
            List<EpochReport> reports) {
        this.model = model;
        this.checkpoints = checkpoints;
        this.kept = kept;
        this.gathered = gathered;
        this.reports = reports;
    }

    /** Puts back what the stage starts from, where something was kept. @param room for candidates */
    void restore(Supplier<FewIds> room) {
        kept.ifPresent(state -> {
            if (state.number("direct.gathered", 0) == 1) {
                gathered = Optional.of(room.get());
            }
            carryStart(state);
        });
    }

    /** Candidates of each training example that the last epoch has left. */
    Optional<FewIds> gathered() {
        return gathered;
    }

    /** One report an epoch. */
    List<EpochReport> reports() {
        return reports;
    }

    @Override
    public void begin(DirectTraining.Run started) {
        run = started;
        kept.ifPresent(state -> {
            started.carry("direct.arm", state);
            checkpoints.resumed();
        });
        kept = Optional.empty();
    }

    @Override
    public void labels() {
        if (run != null && checkpoints.isDue()) {
            checkpoints.keep(new Checkpoints.Moment(Checkpoints.Stage.DIRECT, run.done()), this);
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        LabelTrainer.stage(Checkpoints.Stage.DIRECT, state);
        state.number("direct.gathered", gathered.isPresent() ? 1 : 0);
        carryStart(state);
        if (run != null) {
            run.carry("direct.arm", state);
        }
    }

    private void carryStart(StateCarrier state) {
        reports = ReportNumbers.reports(state.resized("direct.reports", ReportNumbers.of(reports)));
        model.fixed().forEach(state::tensor);
        List<Tensor> changing = state.tensors("model.", model.changing());
        if (state.isRestoring()) {
            model.take(changing);
            model.check();
        }
        gathered.ifPresent(lists -> lists.carry("direct.candidates", state));
    }
}
