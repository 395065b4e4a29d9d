using System.Globalization;

namespace FinsamOutcomes.Demo;

/// <summary>
/// The years from 2022 in the invented förbund, day by day: people are referred, wait for a place, start, leave, are sent on and
/// come back. Queues come about by themselves, from how many are referred and how many places there are.
/// </summary>
internal sealed class DemoSimulation
{
    public static readonly DateOnly First = new(2022, 1, 1);

    private const int WorkingDaysInYear = 250;

    private static readonly string[] s_educations = ["ej_grundskola", "grundskola", "gymnasium", "eftergymnasial_kort", "eftergymnasial_lang", "okand"];

    private readonly DateOnly _last;
    private readonly DemoRandom _random;
    private readonly DemoOutcomes _outcomes;
    private readonly List<DemoPerson> _persons = [];
    private readonly List<DemoParticipation> _participations = [];

    private DemoSimulation(int seed, DateOnly last)
    {
        _last = last;
        _random = new DemoRandom(seed);
        _outcomes = new DemoOutcomes(_random);
    }

    /// <summary>All stays, also those still in queue at the end, in the order people came.</summary>
    public static IReadOnlyList<DemoParticipation> Run(int seed, DateOnly last)
    {
        var simulation = new DemoSimulation(seed, last);
        for (var day = First; day <= last; day = day.AddDays(1))
        {
            if (!DemoCalendar.IsWorkingDay(day))
                continue;
            foreach (var insats in DemoPortfolio.All.Where(i => i.Flow is not null))
                simulation.Work(insats, insats.Flow!, day);
        }

        return simulation._participations;
    }

    private void Work(DemoInsats insats, DemoFlow flow, DateOnly day)
    {
        if (day < insats.StartsOn || day > insats.EndsOn)
            return;
        var own = _participations.Where(s => s.Insats == insats && s.EndedOn is null).ToList();
        var isLastDay = insats.EndsOn is { } end && DemoCalendar.WorkingDayOnOrBefore(end) == day;
        foreach (var stay in own.Where(s => s.EndsOn <= day || (isLastDay && s.StartedOn is not null)))
            End(stay, flow, day);
        foreach (var stay in own.Where(s => s.StartedOn is null))
            MaybeLeaveQueue(stay, day, isLastDay);

        // Nobody is sent to an insats that is about to close.
        if (insats.EndsOn is { } closes && day > closes.AddDays(-120))
            return;
        var arrivals = _random.Poisson(flow.ReferralsPerYear / WorkingDaysInYear * DemoCalendar.ReferralRate(day));
        if (DemoCalendar.WorkingDayOnOrAfter(insats.StartsOn) == day)
            arrivals += flow.OpeningQueue;
        for (var i = 0; i < arrivals; i++)
            Queue(insats, FindPerson(insats, flow, day), _random.Chance(0.985) ? _random.Pick(flow.Referrers) : null, day);
        Start(insats, flow, day);
    }

    private void Queue(DemoInsats insats, DemoPerson person, string? referrer, DateOnly day)
    {
        var isOpening = day < insats.StartsOn.AddDays(14);
        var stay = new DemoParticipation
        {
            Person = person,
            Insats = insats,
            QueuedOn = day,
            ReadyOn = day.AddDays(isOpening ? _random.Between(0, 25) : _random.Between(5, 28)),
            Referrer = referrer,
        };
        person.Participations.Add(stay);
        _participations.Add(stay);
    }

    private void MaybeLeaveQueue(DemoParticipation stay, DateOnly day, bool isLastDay)
    {
        if (!isLastDay && (day < stay.QueuedOn.AddDays(90) || !_random.Chance(0.0012)))
            return;
        stay.EndedOn = day;
        stay.Reason = isLastDay ? "annan_insats" : _random.Pick([("avbrott_deltagare", 50.0), ("annan_insats", 25), ("sjukdom", 15), ("flyttat", 10)]);
        stay.WasPlanned = false;
    }

    private void Start(DemoInsats insats, DemoFlow flow, DateOnly day)
    {
        var places = (insats.Capacity ?? int.MaxValue) - _participations.Count(s => s.Insats == insats && s.StartedOn is not null && s.EndedOn is null);
        foreach (var stay in _participations.Where(s => s.Insats == insats && s.StartedOn is null && s.EndedOn is null && s.ReadyOn <= day).ToList())
        {
            if (places <= 0)
                return;
            if (!_random.Chance(DemoCalendar.StartChance(day, flow.StartsWithTerms)))
                continue;
            places--;
            stay.StartedOn = day;
            stay.Before = _random.Chance(0.97) ? _outcomes.Before(stay) : null;
            PlanEnd(stay, flow);
        }
    }

    private void PlanEnd(DemoParticipation stay, DemoFlow flow)
    {
        var start = stay.StartedOn!.Value;
        if (_random.Chance(0.005))
        {
            stay.Reason = "felregistrering";
            stay.Before = null;
            stay.EndsOn = DemoCalendar.WorkingDayOnOrAfter(start.AddDays(_random.Between(1, 8)));
            return;
        }

        stay.WillDropOut = _random.Chance(flow.DropoutShare);
        var days = flow.MedianDays * (stay.WillDropOut ? 0.32 : 1) * Math.Exp(flow.Spread * (stay.WillDropOut ? 1.4 : 1) * _random.Normal());
        var end = start.AddDays(Math.Clamp((int)days, 14, 900));
        if (!stay.WillDropOut)
            end = Tidy(end, start.AddDays(21));
        stay.EndsOn = DemoCalendar.WorkingDayOnOrBefore(end) is var tidied && tidied > start ? tidied : DemoCalendar.WorkingDayOnOrAfter(end);
    }

    // Planned exits gather before the summer and Christmas, and at the ends of months.
    private DateOnly Tidy(DateOnly end, DateOnly earliest)
    {
        if (end.Month == 7 && _random.Chance(0.8))
            end = _random.Chance(0.6) ? new DateOnly(end.Year, 6, _random.Between(12, 30)) : new DateOnly(end.Year, 8, _random.Between(8, 31));
        else if (end is { Month: 12, Day: > 22 } || (end is { Month: 1, Day: < 8 } && end.Year > First.Year))
            end = new DateOnly(end.Month == 1 ? end.Year - 1 : end.Year, 12, _random.Between(15, 22));
        else if (_random.Chance(0.35))
            end = DemoCalendar.LastOfMonth(end);
        return end < earliest ? earliest : end;
    }

    private void End(DemoParticipation stay, DemoFlow flow, DateOnly day)
    {
        var isClosing = stay.EndsOn > day;
        stay.EndedOn = day;
        if (stay.Reason is not null)
            return;
        var reason = _outcomes.Reason(stay, flow, day, isClosing);
        stay.WasPlanned = reason is not ("avbrott_deltagare" or "avbrott_insats" or "avliden") && !stay.WillDropOut && _random.Chance(0.94);
        stay.After = _random.Chance(stay.WillDropOut ? 0.7 : 0.94) ? _outcomes.After(stay, reason) : null;

        // A few reasons are never filled in, and some from the last weeks are still on somebody's desk.
        var isForgotten = _random.Chance(day > _last.AddDays(-25) ? 0.15 : 0.003);
        stay.Reason = isForgotten ? null : reason;
        if (isForgotten)
            (stay.WasPlanned, stay.After) = (null, null);
        if (stay.Reason == "annan_insats" && flow.SendsOnTo.Length > 0 && _random.Chance(0.8))
            SendOn(stay, flow, day);
    }

    private void SendOn(DemoParticipation stay, DemoFlow flow, DateOnly day)
    {
        var name = _random.Pick(flow.SendsOnTo);
        var next = DemoPortfolio.All.Single(i => i.Name == name);
        if (stay.Person.IsFree && Suits(stay.Person, next.Flow!, day) && !stay.Person.Participations.Exists(s => s.Insats == next))
            Queue(next, stay.Person, stay.Referrer, day);
    }

    // One in twenty has been here before, and a few are in another insats at the same time.
    private DemoPerson FindPerson(DemoInsats insats, DemoFlow flow, DateOnly day)
    {
        var (isReturning, isParallel) = (_random.Chance(0.06), _random.Chance(0.03));
        if (isReturning || isParallel)
        {
            var known = _persons.Where(p => Suits(p, flow, day) && (isReturning ? HasLeft(p, day) : IsElsewhere(p, insats, day))).ToList();
            if (known.Count > 0)
                return _random.Pick(known);
        }

        return NewPerson(flow, day);
    }

    private static bool HasLeft(DemoPerson person, DateOnly day) =>
        person.IsFree
        && person.Participations.TrueForAll(s =>
            s.EndedOn < day.AddDays(-100) && s.Reason is not ("avliden" or "alderspension" or "felregistrering" or "flyttat"));

    private static bool IsElsewhere(DemoPerson person, DemoInsats insats, DateOnly day) =>
        person.Participations.TrueForAll(s => s.Insats != insats) && person.Participations.Count(s => s.EndedOn is null) == 1
        && person.Participations.Exists(s => s.EndedOn is null && s.Reason is null && s.StartedOn < day.AddDays(-60));

    private static bool Suits(DemoPerson person, DemoFlow flow, DateOnly day) =>
        flow.Ages.Any(a => day.Year - person.BirthYear >= a.Ages.From && day.Year - person.BirthYear <= a.Ages.To);

    private DemoPerson NewPerson(DemoFlow flow, DateOnly day)
    {
        var ages = _random.Pick(flow.Ages);
        var age = _random.Between(ages.From, ages.To);
        var education = _random.Pick([.. s_educations.Zip(flow.Education)]);
        // Nobody has a degree at that age.
        if (age < 20 && education is "gymnasium" or "eftergymnasial_kort" or "eftergymnasial_lang")
            education = age < 18 ? "grundskola" : "gymnasium";
        else if (age < 24 && education == "eftergymnasial_lang")
            education = "eftergymnasial_kort";
        var isWoman = _random.Chance(flow.WomenShare);
        var person = new DemoPerson
        {
            Code = string.Create(CultureInfo.InvariantCulture, $"EX-{_persons.Count + 1:0000}"),
            Gender = _random.Chance(0.004) ? "okant" : isWoman ? "kvinna" : "man",
            BirthYear = day.Year - age,
            HidesBirthYear = _random.Chance(0.003),
            Education = education,
        };
        _persons.Add(person);
        return person;
    }
}
