using System.Globalization;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web.Tests.Hosting;

/// <summary>A user that a test made, with the password it signs in with.</summary>
public sealed record TestUser(int Id, string UserName, string Password);

/// <summary>
/// The real application on a port of its own and a database of its own, with one förbund. Only the clock is given.
/// <code>
/// await using var host = await WebHost.StartAsync();
/// var browser = await host.SignInAsync(Role.Caseworker, insatsId);
/// var page = await browser.PostFormAsync($"/f/{host.ForbundId}/deltagare/ny", ("Input.BirthYear", "1990"));
/// </code>
/// </summary>
public sealed class WebHost : IAsyncDisposable
{
    public const string Password = "en lång promenad i regnet";

    private static int s_users;

    private const int PasswordRounds = 1_000;

    private static readonly string s_hash =
        new PasswordHasher<AppUser>(Options.Create(new PasswordHasherOptions { IterationCount = PasswordRounds })).HashPassword(null!, Password);

    private readonly WebApplication _app;
    private readonly TestDatabase? _own;

    private WebHost(WebApplication app, string address, TestDatabase? own, FixedClock clock)
    {
        (_app, DatabaseAddress, _own, Clock) = (app, address, own, clock);
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>As given to <c>--db</c>: start a second host on it with <see cref="StartAsync"/>.</summary>
    public string DatabaseAddress { get; }

    public FixedClock Clock { get; }

    /// <summary>The förbund that was there from the start.</summary>
    public int ForbundId { get; private set; }

    public FinsamDatabase Database => Get<FinsamDatabase>();

    /// <summary>One of the application's own services, such as a store.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Starts on 15 May 2024 on a new database with one förbund, or beside another host on its database.</summary>
    /// <param name="beside">A host on whose database it starts.</param>
    /// <param name="settings">Other than those of tests.</param>
    /// <param name="withForbund">Whether there is a förbund.</param>
    /// <param name="folder">A folder of the test's, for a new database in it.</param>
    /// <param name="spoil">Makes it do something wrong between the rights and the page, to see that a test notices.</param>
    /// <param name="zone">Where the computer stands; UTC unless given.</param>
    public static async Task<WebHost> StartAsync(
        WebHost? beside = null, WebSettings? settings = null, bool withForbund = true, string? folder = null,
        Action<WebApplication>? spoil = null, TimeZoneInfo? zone = null)
    {
        var clock = beside?.Clock ?? FixedClock.At("2024-05-15", zone);
        var own = beside is null && folder is null ? await TestDatabase.CreateAsync(Engines.Current, clock) : null;
        var address = beside?.DatabaseAddress ?? own?.Address ?? $"sqlite:{folder}/finsam.sqlite";
        // Many tests sign in from one address, and to hash as often as the program does would be a quarter of their time.
        settings = (settings ?? new WebSettings { TriesPerMinute = 10_000, PasswordRounds = PasswordRounds }) with
        {
            Address = address,
            Urls = "http://127.0.0.1:0",
            IsNew = folder is not null,
        };
        var app = await FinsamWeb.CreateAsync(settings, clock);
        spoil?.Invoke(app);
        await app.StartAsync();
        var host = new WebHost(app, address, own, clock) { ForbundId = beside?.ForbundId ?? 0 };
        if (beside is null && withForbund)
            host.ForbundId = await host.AddForbundAsync("Samordningsförbundet Exempel");
        return host;
    }

    /// <summary>The one-time address to the first account, as the program prints it.</summary>
    public Task<Uri?> SetupAddressAsync() => FinsamWeb.SetupAddressAsync(_app);

    public Task<int> AddForbundAsync(string name) => Get<ForbundStore>().AddAsync(new NewForbund { Name = name, IsDemo = true });

    public Task<int> AddInsatsAsync(string name = "Insam", int? forbundId = null, int? parentId = null, string method = "individual") =>
        Get<InsatsStore>()
            .AddAsync(
                new NewInsats
                {
                    ForbundId = forbundId ?? ForbundId,
                    ParentId = parentId,
                    Name = name,
                    Orientation = "individual",
                    FollowUpMethod = method,
                    StartsOn = new DateOnly(2023, 1, 1),
                    EndsOn = new DateOnly(2025, 12, 31),
                    Capacity = 40,
                });

    /// <summary>A user with these roles and insatser in a förbund, and a known password.</summary>
    public async Task<TestUser> AddUserAsync(int forbundId, IReadOnlyCollection<string> roles, params IReadOnlyCollection<int> insatser)
    {
        var userName = string.Create(CultureInfo.InvariantCulture, $"user{Interlocked.Increment(ref s_users)}@exempel.invalid");
        var id = await Get<UserStore>()
            .AddAsync(
                new NewUser
                {
                    ForbundId = forbundId,
                    UserName = userName,
                    DisplayName = $"Prov {userName.Split('@')[0]}",
                    PasswordHash = s_hash,
                    Roles = roles,
                    InsatsIds = insatser,
                });
        return new TestUser(id, userName, Password);
    }

    /// <summary>What somebody has done according to the log of the host's förbund, oldest first.</summary>
    public async Task<IReadOnlyList<string>> ActionsByAsync(string actor)
    {
        var page = await new AuditStore(Database).SearchAsync(ForbundId, new AuditFilter { Actor = actor }, 1, "prov");
        return [.. page.Events.OrderBy(e => e.EventNumber).Select(e => e.Action)];
    }

    /// <summary>Runs a statement beside the program; the first column of what it returns.</summary>
    public async Task<IReadOnlyList<string>> SqlAsync(string sql)
    {
        await using var connection = await Database.Engine.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
            found.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return found;
    }

    /// <summary>A browser without cookies.</summary>
    public WebBrowser Open() => new(Address);

    /// <summary>A browser where the user has signed in through the real form.</summary>
    public async Task<WebBrowser> SignInAsync(TestUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var browser = Open();
        await browser.SignInAsync(user);
        return browser;
    }

    /// <summary>A new user with one role in the host's förbund, signed in.</summary>
    public async Task<WebBrowser> SignInAsync(string role, params IReadOnlyCollection<int> insatser) =>
        await SignInAsync(await AddUserAsync(ForbundId, [role], insatser));

    public async ValueTask DisposeAsync()
    {
        // Disposing alone would let a report that is being made go on writing where the database is removed.
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_own is not null)
            await _own.DisposeAsync();
    }
}
