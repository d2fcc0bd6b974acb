package io.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.EngineIdentities;
import io.gatehouse.audit.verify.AuditVerifier;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.engine.Repairs;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.people.Register;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

/** Rules that Modulith does not know. Package names are taken from classes, so a rename cannot empty a rule. */
@AnalyzeClasses(packagesOf = GatehouseApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String ENGINE = TaskForm.class.getPackageName() + "..";
    private static final String ACCESS = CurrentPerson.class.getPackageName() + "..";
    private static final String BREAK_GLASS = BreakGlasses.class.getPackageName();
    private static final String PRODUCT = GatehouseApplication.class.getPackageName() + "..";
    private static final String VERIFIER = AuditVerifier.class.getPackageName() + "..";
    private static final Set<String> LOOKING_FOR_DIFFERENCES =
            Set.of("ReconciliationRound", "Differences", "DifferenceRows", "TrailSnapshot", "AuditController");
    private static final String CAMUNDA = ProcessEngine.class.getPackageName();

    @ArchTest
    static final ArchRule ENGINE_INTERNALS_STAY_IN_THE_ENGINE_MODULE = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE, ACCESS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CAMUNDA + ".impl..")
            .because("the way out to another fork of the engine leads through one package");

    @ArchTest
    static final ArchRule ONLY_BREAK_GLASS_REPAIRS_BY_HAND = noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE, BREAK_GLASS)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Repairs.class)
            .because("whoever repairs must have asked, and somebody else granted it");

    @ArchTest
    static final ArchRule ONE_CLASS_WRITES_PEOPLE_AND_PERMISSIONS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(EngineIdentities.class.getName())
            .should()
            .accessTargetWhere(
                    describe(
                            "write people, groups or permissions",
                            call -> (call.getTargetOwner().isAssignableTo(IdentityService.class)
                                            || call.getTargetOwner().isAssignableTo(AuthorizationService.class))
                                    && call.getName()
                                            .matches(
                                                    "(save|delete|unlock|setUser|createMembership|createTenant.*Membership).*")))
            .because("the engine refuses it to whoever else begins with it");

    @ArchTest
    static final ArchRule FEW_MAY_WRITE_PEOPLE_AND_PERMISSIONS = noClasses()
            .that()
            .resideOutsideOfPackages(CurrentPerson.class.getPackageName(), Register.class.getPackageName())
            .and()
            .doNotHaveSimpleName("TasklistFilters")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(EngineIdentities.class)
            .because("whoever asks it has asked our own rules");

    @ArchTest
    static final ArchRule THE_VERIFIER_SHARES_NO_CODE_WITH_THE_WRITER = noClasses()
            .that()
            .resideInAPackage(VERIFIER)
            .should()
            .dependOnClassesThat(resideInAPackage(PRODUCT).and(resideOutsideOfPackage(VERIFIER)))
            .because("a mistake of whoever writes the trail must not be one of whoever checks it");

    /** What compares and shows differences asks it; what writes entries, their digests or checkpoints does not. */
    @ArchTest
    static final ArchRule THE_WRITER_USES_NOTHING_OF_THE_VERIFIER = noClasses()
            .that(resideOutsideOfPackage(VERIFIER)
                    .and(describe(
                            "look for no differences",
                            one -> !LOOKING_FOR_DIFFERENCES.contains(
                                    outermost(one).getSimpleName()))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VERIFIER)
            .because("else both could be wrong in the same way");

    private static JavaClass outermost(JavaClass one) {
        return one.getEnclosingClass().map(ArchitectureTests::outermost).orElse(one);
    }

    /** On a name with a dot in it, {@code Outer.@Valid Inner}, the annotation is one of the type only, and not looked at. */
    @ArchTest
    static void whatIsToBeValidIsLookedAt(JavaClasses all) {
        List<String> skipped = all.stream()
                .filter(JavaClass::isRecord)
                .flatMap(one -> Stream.of(one.reflect().getRecordComponents()))
                .filter(component -> component.getAnnotatedType().isAnnotationPresent(Valid.class)
                        && !component.getAccessor().isAnnotationPresent(Valid.class))
                .map(component -> component.getDeclaringRecord().getName() + "." + component.getName())
                .toList();

        assertThat(skipped).isEmpty();
    }

    @ArchTest
    static final ArchRule CONTROLLERS_NEVER_TOUCH_THE_ENGINE = noClasses()
            .that()
            .areAnnotatedWith(RestController.class)
            .or()
            .areAnnotatedWith(Controller.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CAMUNDA + "..")
            .because("what a step means is said in process packages, once for every door");

    @ArchTest
    static final ArchRule DELEGATES_AND_FORMS_ARE_NOT_CALLED_BY_OTHERS = classes()
            .that()
            .areAssignableTo(JavaDelegate.class)
            .or()
            .areAssignableTo(TaskForm.class)
            .and()
            .areNotInterfaces()
            .should()
            .bePackagePrivate()
            .because("only the engine calls them");

    @ArchTest
    static final ArchRule DELEGATES_ARE_IN_PROCESS_PACKAGES = classes()
            .that()
            .areAssignableTo(JavaDelegate.class)
            .should()
            .resideInAPackage("..process")
            .because("a label of a diagram leads to one place");

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_PACKAGE_PRIVATE =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = fields().should().notBeAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule NO_PACKAGE_IS_A_DUMPING_GROUND =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..");
}
