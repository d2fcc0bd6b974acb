package io.gatehouse.release.web;

import io.gatehouse.release.DependencyView;
import java.util.List;

/** What a release has to do with others, as the API shows it. */
record DependenciesRepresentation(
        List<DependencyRepresentation> needs,
        List<DependencyRepresentation> neededBy,
        List<ForecastRepresentation> forecast) {

    static DependenciesRepresentation of(DependencyView view) {
        return new DependenciesRepresentation(
                view.needs().stream().map(DependencyRepresentation::of).toList(),
                view.neededBy().stream().map(DependencyRepresentation::of).toList(),
                view.forecast().stream().map(ForecastRepresentation::of).toList());
    }
}
