using System.Text.Encodings.Web;
using System.Text.Unicode;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Assessments;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Backups;
using FinsamOutcomes.Data.CodeLists;
using FinsamOutcomes.Data.Consents;
using FinsamOutcomes.Data.CorrectionRequests;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.HeadCounts;
using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Instruments;
using FinsamOutcomes.Data.Operation;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Quality;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Data.Todo;
using FinsamOutcomes.Reporting.StatisticsPage;
using FinsamOutcomes.Reporting.UppfoljningFinsam;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Changes;
using FinsamOutcomes.Web.Forms;
using FinsamOutcomes.Web.Pages.Extracts;
using FinsamOutcomes.Web.Pages.Participations;
using FinsamOutcomes.Web.Pages.Publications;
using FinsamOutcomes.Web.Pages.Statistics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace FinsamOutcomes.Web;

internal static class FinsamServices
{
    private const int MostFields = 8_000;

    /// <summary>The stores: they hold no state but the database, so one of each serves everybody.</summary>
    public static void AddFinsamStores(this IServiceCollection services)
    {
        services.AddSingleton<AccessStore>();
        services.AddSingleton<ReachStore>();
        services.AddSingleton<RuleRequestStore>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<ForbundStore>();
        services.AddSingleton<InsatsStore>();
        services.AddSingleton<InsatsEconomyStore>();
        services.AddSingleton<FundsStore>();
        services.AddSingleton<InsatsTextStore>();
        services.AddSingleton<ParticipantStore>();
        services.AddSingleton<ParticipantMergeStore>();
        services.AddSingleton<ParticipantListStore>();
        services.AddSingleton<ParticipationStore>();
        services.AddSingleton<CaseworkerStore>();
        services.AddSingleton<HeadCountStore>();
        services.AddSingleton<InstrumentStore>();
        services.AddSingleton<AssessmentStore>();
        services.AddSingleton<AssessedParticipationStore>();
        services.AddSingleton<ChangeHistoryStore>();
        services.AddSingleton<CodeListStore>();
        services.AddSingleton<ImportMapStore>();
        services.AddSingleton<ImportBatchStore>();
        services.AddSingleton<QualityChecks>();
        services.AddSingleton<InsatsClosing>();
        services.AddSingleton<TodoStore>();
        services.AddSingleton<ChangeReader>();
        services.AddScoped<ParticipationFinder>();
        services.AddScoped<SetAside>();
        services.AddScoped<ExtractReader>();
        services.AddSingleton<ReportJobStore>();
        services.AddSingleton<PublicationStore>();
        services.AddScoped<OpenedPublication>();
        services.AddSingleton<ChangedRegistrationStore>();
        services.AddSingleton<StatisticsService>();
        services.AddSingleton<ExactView>();
        services.AddHostedService<ReportMaking>();
        services.AddSingleton<ReadingJournal>();
        services.AddScoped<ShownPeople>();
        services.AddScoped<NotedOpenings>();
        services.AddHostedService<ReadingKeeping>();
        services.AddSingleton<PrivacyRuleStore>();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton<ErasureWork>();
        services.AddHostedService(s => s.GetRequiredService<ErasureWork>());
        services.AddSingleton<BackupStore>();
        services.AddSingleton<BackupWork>();
        services.AddHostedService(s => s.GetRequiredService<BackupWork>());
        services.AddHostedService<DatabaseStay>();
        services.AddSingleton<InstallationCheck>();
        services.AddSingleton<ConsentStore>();
        services.AddSingleton<CorrectionRequestStore>();
        services.AddSingleton<PresenceStore>();
        services.AddSingleton<UppfoljningFinsamExport>();
        services.AddSingleton<DeliveryStore>();
    }

    public static void AddFinsamPages(this IServiceCollection services, WebSettings settings)
    {
        services.AddRazorPages().AddMvcOptions(options =>
        {
            options.MaxModelBindingCollectionSize = MostFields + 1;
            FieldsOnly.Use(options.ValueProviderFactories);
            options.ModelBinderProviders.Insert(0, new TextBinderProvider());
            options.ModelBinderProviders.Insert(0, new SwedishDateBinderProvider());
            options.ModelBinderProviders.Insert(0, new SwedishNumberBinderProvider());
            SwedishBinding.Say(options.ModelBindingMessageProvider);
            // What must be filled in is decided in the stores, which say so in Swedish.
            options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            options.Filters.AddService<NotedOpenings>();
            options.Filters.Add(new HandledForms());
        });
        // More fields than a form of ours ever has, and no list longer than what so many fields can fill.
        services.Configure<FormOptions>(options => options.ValueCountLimit = MostFields);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = settings.CookieName("finsam-formular");
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = settings.CookiePolicy;
        });
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddProblemDetails();
        services.AddExceptionHandler<UnexpectedErrors>();
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = settings.CookieName("finsam-meddelande");
            options.Cookie.SecurePolicy = settings.CookiePolicy;
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        // å, ä and ö as they are; what has a meaning in HTML is still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
    }
}
