using FinsamOutcomes.Data.Participants;

namespace FinsamOutcomes.Data.Tests.Registration;

public sealed class ParticipantCodeTests
{
    [Theory]
    [InlineData("Anna Andersson")]
    [InlineData("Åsa Öström")]
    [InlineData("åsa.öström")]
    [InlineData("ANDERSSON, Anna")]
    [InlineData("Anna_Andersson 85")]
    [InlineData("Bo Ek")]
    [InlineData("A\u030asa O\u0308stro\u0308m")]
    public void A_name_is_found_out(string code) => ParticipantCode.LooksLikeName(code).ShouldBeTrue();

    [Theory]
    [InlineData("D0001")]
    [InlineData("KU Lund A")]
    [InlineData("USB-12")]
    [InlineData("A1 B2")]
    [InlineData("Tulpan")]
    [InlineData("insam24-lund12")]
    [InlineData("12345")]
    [InlineData("")]
    public void A_code_is_left_alone(string code) => ParticipantCode.LooksLikeName(code).ShouldBeFalse();
}
